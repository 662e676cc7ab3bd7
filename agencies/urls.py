from __future__ import annotations

from django.contrib.auth import views as auth
from django.urls import path

from agencies.views.accounts import account_list_file, account_records, office_accounts
from agencies.views.acts import act, hand_over
from agencies.views.handout import download_handout
from agencies.views.issuing import account_template, confirm_accounts, faulty_rows, new_accounts
from agencies.views.password import password

urlpatterns = [
    path("login/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("password/", password, name="password"),
    path("office/", office_accounts, name="office_accounts"),
    path("office/act/", act, name="act_on_accounts"),
    path("office/new/", new_accounts, name="new_accounts"),
    path("office/new/confirm/", confirm_accounts, name="confirm_accounts"),
    path("office/new/to-mend.xlsx", faulty_rows, name="faulty_rows"),
    path("office/new/accounts.<str:kind>", account_template, name="account_template"),
    path("office/successors.<str:kind>", account_list_file, name="account_list_file"),
    path("office/records/", account_records, name="account_records"),
    path("office/handout/", download_handout, name="handout"),
    path("office/<int:pk>/hand-over/", hand_over, name="hand_over"),
]
