"""azure-identity, as it is installed, signs in; and where it cannot, the message says who does what."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from azure.core.credentials import AccessToken
from azure.identity import CredentialUnavailableError
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from fake_graph import FakeGraph
from kmmaturity.errors import CannotRead
from kmmaturity_sharepoint.addresses import Place, place_of
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.client.refusals import SignInRefused
from kmmaturity_sharepoint.client.signing_in import credential_of
from kmmaturity_sharepoint.messages import explained
from kmmaturity_sharepoint.settings import Settings

PLACE = place_of("sharepoint://contoso.sharepoint.com/sites/KM/Shared Documents/team.html")
NAMES = (
    "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_USERNAME",
    "AZURE_PASSWORD", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_AUTHORITY_HOST", "IDENTITY_ENDPOINT", "IDENTITY_HEADER",
    "MSI_ENDPOINT",
)  # fmt: skip

Setting = Callable[..., Settings]


@pytest.fixture
def environment(fake: FakeGraph, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Variables with nothing in them but which application this is."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AZURE_TENANT_ID", fake.entra.tenant)
    monkeypatch.setenv("AZURE_CLIENT_ID", fake.entra.application.id)
    return monkeypatch


def certificate(path: Path) -> bytes:
    """A certificate, which is given in PEM; with its key it is at `path`."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kmmaturity")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + pem)
    return pem


class Useless:
    """A credential that has nothing."""

    def get_token(self, *scopes: str, **_: object) -> AccessToken:
        """Nothing."""
        raise CredentialUnavailableError(message="no")


class TestWays:
    def site(self, settings: Settings) -> str:
        """The name of the site, for which a token is needed."""
        with Graph(settings) as graph:
            return graph.site(PLACE).name

    @pytest.mark.parametrize("sign_in", ["environment", "auto"])
    def test_secret(self, fake: FakeGraph, settings: Setting, environment: pytest.MonkeyPatch, sign_in: str) -> None:
        """An application signs in with its secret, chosen or found by itself."""
        environment.setenv("AZURE_CLIENT_SECRET", fake.entra.application.secret)
        assert self.site(settings(credential=None, sign_in=sign_in)) == "Knowledge"
        assert set(fake.entra.tokens.values()) == {"given", "secret"}

    def test_certificate(
        self, fake: FakeGraph, settings: Setting, environment: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """An application signs in with a certificate, whose signature is checked."""
        fake.entra.application.certificate = certificate(tmp_path / "app.pem")
        environment.setenv("AZURE_CLIENT_CERTIFICATE_PATH", str(tmp_path / "app.pem"))
        assert self.site(settings(credential=None, sign_in="environment")) == "Knowledge"
        assert "certificate" in fake.entra.tokens.values()

    @pytest.mark.parametrize("sign_in", ["environment", "auto"])
    @pytest.mark.parametrize("how", ["secret", "certificate"])
    def test_options_say_which_application(
        self, fake: FakeGraph, settings: Setting, environment: pytest.MonkeyPatch, tmp_path: Path, sign_in: str,
        how: str,
    ) -> None:  # fmt: skip
        """Tenant and application may be options, where the environment has no more than a secret or a certificate."""
        for name in ("AZURE_TENANT_ID", "AZURE_CLIENT_ID"):
            environment.delenv(name)
        if how == "secret":
            environment.setenv("AZURE_CLIENT_SECRET", fake.entra.application.secret)
        else:
            fake.entra.application.certificate = certificate(tmp_path / "app.pem")
            environment.setenv("AZURE_CLIENT_CERTIFICATE_PATH", str(tmp_path / "app.pem"))
            environment.setenv("AZURE_CLIENT_SECRET", "")  # as a pipeline leaves one that it lacks
        chosen = settings(
            credential=None, sign_in=sign_in, tenant=fake.entra.tenant, client_id=fake.entra.application.id
        )
        assert self.site(chosen) == "Knowledge"
        assert how in fake.entra.tokens.values()

    def test_workload_identity(
        self, fake: FakeGraph, settings: Setting, environment: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """A workload signs in with the token that its platform leaves in a file: no secret anywhere."""
        (tmp_path / "token").write_text(fake.entra.application.federated)
        environment.setenv("AZURE_FEDERATED_TOKEN_FILE", str(tmp_path / "token"))
        chosen = settings(
            credential=None, sign_in="workload", tenant=fake.entra.tenant, client_id=fake.entra.application.id
        )
        assert self.site(chosen) == "Knowledge"
        assert "federated" in fake.entra.tokens.values()

    def test_managed_identity(self, fake: FakeGraph, settings: Setting, environment: pytest.MonkeyPatch) -> None:
        """A service signs in with the identity that its platform manages."""
        environment.setenv("IDENTITY_ENDPOINT", f"{fake.origin}/msi/token")
        environment.setenv("IDENTITY_HEADER", fake.entra.application.identity_header)
        assert self.site(settings(credential=None, sign_in="managed")) == "Knowledge"
        assert "managed" in fake.entra.tokens.values()

    @pytest.mark.parametrize(
        ("sign_in", "expected"),
        [
            ("auto", "DefaultAzureCredential"),
            ("cli", "AzureCliCredential"),
            ("browser", "InteractiveBrowserCredential"),
            ("device-code", "DeviceCodeCredential"),
            ("pipelines", "AzurePipelinesCredential"),
        ],
    )
    def test_other_ways(
        self, fake: FakeGraph, settings: Setting, environment: pytest.MonkeyPatch, sign_in: str, expected: str
    ) -> None:
        """Each other way to sign in is the one of azure-identity that it is named for; nothing is sent yet."""
        for name in ("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "SYSTEM_ACCESSTOKEN", "SYSTEM_OIDCREQUESTURI"):
            environment.setenv(name, "https://pipelines.example")
        chosen = settings(
            credential=None, sign_in=sign_in, tenant=fake.entra.tenant, client_id=fake.entra.application.id,
            proxy="http://proxy.example",
        )  # fmt: skip
        assert type(credential_of(chosen)).__name__ == expected
        assert not fake.exchanges


class TestRefusals:
    def told(self, settings: Settings, place: Place = PLACE) -> str:
        """The message that an administrator reads."""
        with pytest.raises(CannotRead) as caught, explained(place, writing=False), Graph(settings) as graph:
            graph.site(place)
        return str(caught.value)

    def test_expired_secret(self, fake: FakeGraph, settings: Setting, environment: pytest.MonkeyPatch) -> None:
        """An expired secret is told as that: who makes a new one, and where it goes."""
        environment.setenv("AZURE_CLIENT_SECRET", fake.entra.application.secret)
        fake.entra.application.secret_expired = True
        told = self.told(settings(credential=None, sign_in="environment"))
        assert "the application's secret has expired: whoever looks after Microsoft Entra makes a new one" in told
        assert "AZURE_CLIENT_SECRET" in told
        assert "AADSTS7000222" in told

    def test_wrong_secret(self, fake: FakeGraph, settings: Setting, environment: pytest.MonkeyPatch) -> None:
        """A wrong secret is told as that, and is not shown."""
        environment.setenv("AZURE_CLIENT_SECRET", "wrong-one")
        told = self.told(settings(credential=None, sign_in="environment"))
        assert "takes the secret's value, not its id" in told
        assert "wrong-one" not in told

    def test_wrong_tenant(self, fake: FakeGraph, settings: Setting, environment: pytest.MonkeyPatch) -> None:
        """A tenant that there is not is told as that, and where its id is found."""
        environment.setenv("AZURE_CLIENT_SECRET", fake.entra.application.secret)
        environment.setenv("AZURE_TENANT_ID", "00000000-0000-0000-0000-000000000001")
        told = self.told(settings(credential=None, sign_in="environment"))
        assert "there is no such tenant: check AZURE_TENANT_ID" in told

    def test_no_consent(self, fake: FakeGraph, settings: Setting, environment: pytest.MonkeyPatch) -> None:
        """Without consent the message says who gives it, where, and that Sites.Selected is enough."""
        environment.setenv("AZURE_CLIENT_SECRET", fake.entra.application.secret)
        fake.entra.application.consented = False
        told = self.told(settings(credential=None, sign_in="environment"))
        assert "Grant admin consent; Sites.Selected is enough" in told

    def test_no_federated_credential(
        self, fake: FakeGraph, settings: Setting, environment: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """A workload that no federated credential fits is told what is compared with what."""
        (tmp_path / "token").write_text("another")
        environment.setenv("AZURE_FEDERATED_TOKEN_FILE", str(tmp_path / "token"))
        chosen = settings(
            credential=None, sign_in="workload", tenant=fake.entra.tenant, client_id=fake.entra.application.id
        )
        assert "compares issuer, subject and audience" in self.told(chosen)

    def test_nothing_to_sign_in_with(self, settings: Setting, environment: pytest.MonkeyPatch) -> None:
        """With nothing to sign in with the message says what the way that was chosen needs."""
        environment.delenv("AZURE_CLIENT_ID")
        told = self.told(settings(credential=None, sign_in="environment"))
        assert (
            "signing in by `environment` did not come about: EnvironmentCredential authentication unavailable" in told
        )
        assert "it takes AZURE_TENANT_ID and AZURE_CLIENT_ID, with AZURE_CLIENT_SECRET or" in told

    @pytest.mark.parametrize(
        ("sign_in", "variables", "told"),
        [
            ("pipelines", {}, "nothing in AZURESUBSCRIPTION_SERVICE_CONNECTION_ID and SYSTEM_ACCESSTOKEN; run this in the"),
            ("environment", {"AZURE_CLIENT_SECRET": ""}, "nothing in AZURE_CLIENT_SECRET; it takes AZURE_TENANT_ID and"),
            ("auto", {"AZURE_CLIENT_SECRET": ""}, "nothing in AZURE_CLIENT_SECRET; set AZURE_TENANT_ID and"),
            ("environment", {"AZURE_CLIENT_CERTIFICATE_PATH": "/no/such.pem"}, r"/no/such\.pem cannot be read"),
            (
                "environment", {"AZURE_CLIENT_SECRET": "", "AZURE_CLIENT_CERTIFICATE_PATH": __file__},
                "Failed to deserialize certificate in PEM or PKCS12 format; it takes AZURE_TENANT_ID",
            ),
            ("workload", {"AZURE_FEDERATED_TOKEN_FILE": "/no/such"}, r"/no/such cannot be read \(No such file"),
            ("auto", {"PATH": ""}, "nothing that this machine offers could sign in; set AZURE_TENANT_ID and"),
            ("cli", {"PATH": ""}, "Azure CLI not found on path; install the Azure CLI and run `az login`"),
            ("environment", {"AZURE_TENANT_ID": "not a tenant", "AZURE_CLIENT_SECRET": "x"}, "there is no such tenant: check AZURE_TENANT_ID"),
        ],
    )  # fmt: skip
    def test_what_a_way_lacks_is_named(
        self, settings: Setting, environment: pytest.MonkeyPatch, sign_in: str, variables: dict[str, str], told: str
    ) -> None:
        """A way to sign in that is not set up names what it lacks, and who brings it."""
        for name, value in variables.items():
            environment.setenv(name, value)
        named = {"tenant": os.environ["AZURE_TENANT_ID"], "client_id": os.environ["AZURE_CLIENT_ID"]}
        assert re.search(told, self.told(settings(credential=None, sign_in=sign_in, **named)))

    def test_a_credential_of_the_program(self, settings: Setting) -> None:
        """A credential that the program gave, and that cannot sign in, is told as that."""
        assert "the credential that the program gave could not sign in: no" in self.told(settings(credential=Useless()))

    def test_entra_is_not_quoted(self, fake: FakeGraph, settings: Setting, environment: pytest.MonkeyPatch) -> None:
        """What Entra says beyond its code, which may name people and addresses, is in no error, and nothing is printed."""
        environment.setenv("AZURE_CLIENT_SECRET", "wrong-one")
        with pytest.raises(SignInRefused) as caught, Graph(settings(credential=None, sign_in="environment")) as graph:
            graph.site(PLACE)
        assert str(caught.value) == "Microsoft Entra refused to sign in: AADSTS7000215"
        assert (caught.value.__cause__, caught.value.__context__) == (None, None)
        with pytest.raises(SignInRefused) as caught:
            Graph(settings(credential=None, sign_in="pipelines"))
        assert (caught.value.__cause__, caught.value.__context__) == (None, None)

    def test_an_unknown_authority_is_not_trusted(self, settings: Setting) -> None:
        """A certificate of an authority that is not trusted is told as that, with what to name."""
        told = self.told(settings(ca=None, patience=0))
        assert "the certificate that answered is not one that this machine trusts" in told
        assert "option `ca`" in told

    def test_a_tenant_of_another_cloud(self, fake: FakeGraph, settings: Setting) -> None:
        """A token that Graph does not accept is told as clouds or tenants that do not fit."""
        chosen = settings()
        fake.entra.tokens.clear()
        assert "have to be those of one cloud" in self.told(chosen)

    def test_an_unknown_site(self, settings: Setting) -> None:
        """A site that there is not is told as that, and that permission may be what lacks."""
        place = place_of("sharepoint://contoso.sharepoint.com/sites/Other/Documents/team.html")
        told = self.told(settings(), place)
        assert "there is no site https://contoso.sharepoint.com/sites/Other" in told
        assert "SharePoint administrator" in told
