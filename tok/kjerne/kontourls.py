"""Addresses of allauth's whose page is the house's own; mounted before allauth's, under the same names."""

from django.urls import path

from tok.kjerne import kontosider
from tok.kjerne.totp import AktiverTotp

urlpatterns = [
    path("2fa/", kontosider.Sikkerhet.as_view(), name="mfa_index"),
    path("2fa/authenticate/", kontosider.Bekreft.as_view(), name="mfa_authenticate"),
    path("2fa/totp/activate/", AktiverTotp.as_view(), name="mfa_activate_totp"),
    path("2fa/webauthn/login/", kontosider.LoggInnMedPassnoekkel.as_view(), name="mfa_login_webauthn"),
    path("2fa/webauthn/add/", kontosider.LeggTilPassnoekkel.as_view(), name="mfa_add_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        kontosider.BekreftMedPassnoekkel.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/webauthn/keys/<int:pk>/remove/", kontosider.FjernPassnoekkel.as_view(), name="mfa_remove_webauthn"),
]
