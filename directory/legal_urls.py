"""Addresses of the legal pages and of the component gallery; included by `directory.urls`."""

from django.urls import path

from directory.views import gallery, legal

urlpatterns = [
    path("accessibilite/", legal.accessibility, name="accessibility"),
    path("donnees-personnelles/", legal.privacy, name="privacy"),
    path("mentions-legales/", legal.legal_notice, name="legal_notice"),
    path("plan-du-site/", legal.sitemap_page, name="sitemap_page"),
    path("donnees-ouvertes/", legal.open_data, name="open_data"),
    path("composants/", gallery.gallery, name="gallery"),
]
