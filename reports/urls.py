from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from reports.views.display import display

urlpatterns: list[URLPattern | URLResolver] = [
    path("display/", display, name="display"),
]
