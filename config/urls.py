"""Every address of the site: each floor serves its own."""

from django.contrib import admin
from django.urls import include, path

from foundations.health import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("sante/", health, name="health"),
    path("", include("territories.urls")),
    path("", include("actors.urls")),
    path("", include("workshops.urls")),
    path("", include("ecosystems.urls")),
    path("", include("directory.urls")),
]
