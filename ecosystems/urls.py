"""Addresses of the ecosystems floor."""

from django.urls import path

from .views import solar

urlpatterns = [
    path("acteurs/<slug:slug>/systeme/", solar.solar_system, name="solar_system"),
    path("acteurs/<slug:slug>/systeme.<str:kind>", solar.solar_twin, name="solar_twin"),
]
