from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("reports.urls")),
    path("accounts/", include("agencies.urls")),
    path("admin/", admin.site.urls),
]
