"""Names the administration site of the house; listed in INSTALLED_APPS in place of `django.contrib.admin`."""

from django.contrib.admin.apps import AdminConfig


class HouseAdminConfig(AdminConfig):
    default_site = "foundations.admin.site.HouseAdminSite"
