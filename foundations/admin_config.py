"""Names the administration site of the house, and its parts that come from elsewhere; listed in INSTALLED_APPS."""

from axes.apps import AppConfig as AxesConfig
from django.contrib.admin.apps import AdminConfig


class HouseAdminConfig(AdminConfig):
    default_site = "foundations.admin.site.HouseAdminSite"


class HouseAxesConfig(AxesConfig):
    """Who logged in, and who tried: its own name, « Axes », says nothing to anyone."""

    verbose_name = "Connexions et tentatives"
