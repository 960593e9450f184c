"""Log-in: nobody signs up, allauth's mail goes by the outbox, two factors are required (ASVS 6.3.3, 6.4.3, N13)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID, uuid4

from allauth.account import app_settings as kontoinnstillinger
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from tok.kjerne import forespoersel, klokke
from tok.kjerne.aapent import er_aapen, krever_tofaktor
from tok.kjerne.forberedt import Forberedt
from tok.kjerne.models import Konto
from tok.kjerne.skrevet import maa_logge_inn
from tok.kjerne.tofaktor import ANDRE_FAKTORER
from tok.kjerne.utboks import INNLOGGING, legg_i

GetResponse = Callable[[HttpRequest], HttpResponse]

# All that an account without a second factor may open. Recovery codes are shown right after the first one is made.
UTEN_TOFAKTOR = {"mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_logout"}
UTLOGGING = {"account_logout"}
# What the logs call each way, the strongest first: a session may have used several.
NIVAAER = {"webauthn": "passnoekkel", "totp": "totp", "recovery_codes": "reservekode"}


_faktorer = Authenticator.objects.filter(user=OuterRef("pk"), type__in=ANDRE_FAKTORER)
KONTOEN = Forberedt(
    lambda konto_id: Konto.objects.filter(pk=konto_id).annotate(har_andre_faktor=Exists(_faktorer)).order_by()
)


class Innlogging(AuthenticationBackend):
    """Allauth's log-in; who a session belongs to, and whether they have a second factor, is read by one question."""

    def get_user(self, user_id: Any) -> Konto | None:
        """The account as it is today; None when it is gone or closed (ASVS 7.4.2)."""
        for konto in KONTOEN.objekter(konto_id=UUID(str(user_id))):
            return cast(Konto, konto) if self.user_can_authenticate(konto) else None
        return None


def har_andre_faktor(konto: Any) -> bool:
    """Whether the account has a second factor besides recovery codes: as read with it, or asked for now."""
    lest: bool | None = getattr(konto, "har_andre_faktor", None)
    return is_mfa_enabled(konto, ANDRE_FAKTORER) if lest is None else lest


class Kontoadapter(DefaultAccountAdapter):
    """What allauth asks the house about."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the municipality."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the message in the outbox; its text, which may hold a key to the account, is wiped when it has left."""
        melding = self.render_mail(template_prefix, email, {"request": self.request, "email": email} | context)
        konto = context.get("user")
        legg_i(
            noekkel=f"{INNLOGGING}:{template_prefix}:{uuid4()}",
            mottaker=konto if isinstance(konto, Konto) else None,
            epost=email,
            emne=melding.subject,
            tekst=str(melding.body),
            naa=klokke.naa(),
            gjelder_type=INNLOGGING,
        )

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the owner of the account, at the account's own address, that its log-in was changed (ASVS 6.3.7)."""
        self.send_mail(template_prefix, email or cast(Konto, user).epost, {**(context or {}), "user": user})

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask who it is before the log-in is changed, but not one who just gave the password to get a second factor."""
        if app == "allauth.mfa" and _nettopp_innlogget(self.request) and not is_mfa_enabled(self.request.user):
            return False
        return super().is_reauthentication_required(app=app)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to show that it is still oneself, in the house's words."""
        ord_ = {
            "reauthenticate": _("Bruk passordet"),
            "mfa_reauthenticate": _("Bruk kode"),
            "mfa_reauthenticate:webauthn": _("Bruk passnøkkel"),
        }
        return [{**maate, "description": ord_[maate["id"]]} for maate in super().get_reauthentication_methods(user)]


def send_passordlenke(konto: Konto) -> None:
    """Send the owner of a new account the link to choose a password; the link and the account name nobody (N19).

    The link lives for an hour (PASSWORD_RESET_TIMEOUT); the e-mail tells where to ask for another.
    """
    EmailAddress.objects.create(user=konto, email=konto.epost, verified=True, primary=True)
    noekkel = kontoinnstillinger.PASSWORD_RESET_TOKEN_GENERATOR().make_token(konto)
    lenke = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(konto), "key": noekkel})
    adresser = {
        "password_reset_url": f"{settings.TOK_NETTADRESSE}{lenke}",
        "ny_lenke_url": f"{settings.TOK_NETTADRESSE}{reverse('account_reset_password')}",
    }
    with override(konto.maalform):
        Kontoadapter().send_mail("account/email/ny_konto", konto.epost, {"user": konto, **adresser})


def _nettopp_innlogget(request: HttpRequest) -> bool:
    innlogginger = get_authentication_records(request, request.user)
    grense = klokke.naa().timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return bool(innlogginger) and innlogginger[-1]["at"] > grense


def innloggingsnivaa(request: HttpRequest) -> str:
    """How the present account logged in, for the logs: a value of NIVAAER, "passord", or "ingen" (N3)."""
    if not request.user.is_authenticated:
        return "ingen"
    innlogginger = get_authentication_records(request, request.user)
    typer = {rad.get("type") for rad in innlogginger if rad.get("method") == "mfa"}
    return next((navn for type_, navn in NIVAAER.items() if type_ in typer), "passord")


class Forespoerselsmerke:
    """Give each request an id and its level of log-in, which the reading log notes (N3)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Name the request while it is answered."""
        forespoersel.sett(forespoersel.Forespoersel(innlogging=innloggingsnivaa(request)))
        try:
            return self.get_response(request)
        finally:
            forespoersel.sett(None)


class KrevTofaktor:
    """Let in just the sessions that were opened with two factors (ASVS 6.3.3); off where TOK_KREV_TOTP is.

    A passkey counts as two, for it always asks its owner for a finger, a face or a code. An account without a second
    factor is sent to get one, whatever it asks for. Where the account has one, a session that was opened without it,
    before it was made elsewhere, is ended.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as usual; the check is made when the address is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let through who is not logged in, who used two factors, and the few pages the others need."""
        if not settings.TOK_KREV_TOTP or not request.user.is_authenticated:
            return None
        if er_aapen(view) and not krever_tofaktor(view):
            return None
        side = request.resolver_match.url_name if request.resolver_match else None
        if not har_andre_faktor(request.user):
            return None if side in UTEN_TOFAKTOR else HttpResponseRedirect(reverse("mfa_activate_totp"))
        if side in UTLOGGING or innloggingsnivaa(request) in NIVAAER.values():
            return None
        logout(request)
        return maa_logge_inn(request)
