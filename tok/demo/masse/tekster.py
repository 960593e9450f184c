"""What the made cases say: needs, scopes, minutes, agreements, reasons; plain words, and nobody's own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Behov:
    """Why somebody turned to the office, which services are in, and what the leader is told."""

    behov: str
    tjenester: tuple[str, ...]
    omfang: str
    timer: str = "3"


BARN = (
    Behov("Autisme og søvnvansker. Skole og hjem vil ha samme plan.", ("oppvekst", "ppt", "spesialist", "fastlege"),
          "Et skolebarn med store behov som får hjelp fra fire tjenester."),
    Behov("ADHD og lærevansker. Mange møter, og lite som henger sammen.", ("oppvekst", "ppt", "spesialist"),
          "Et skolebarn som får hjelp fra tre tjenester, med møte omtrent hver tredje måned.", "2"),
    Behov("Cerebral parese. Trenger trening, hjelpemidler og tilrettelegging.", ("helse", "oppvekst", "spesialist"),
          "Et barn med fysisk funksjonsnedsettelse og faste treninger.", "4"),
    Behov("Født for tidlig. Foreldrene har mange avtaler å holde styr på.", ("helse", "oppvekst", "fastlege"),
          "Et lite barn som får hjelp fra tre tjenester.", "2.5"),
    Behov("Høyt fravær på skolen. Familien strever med å få dagene til å gå.", ("oppvekst", "ppt", "barnevern"),
          "En elev med høyt fravær og tre tjenester inne.", "4"),
    Behov("Hørselstap og sen språkutvikling.", ("oppvekst", "ppt", "spesialist"),
          "Et barn som trenger språktrening og hjelpemidler, med tre tjenester inne."),
    Behov("Epilepsi. Skolen er usikker på hva de skal gjøre ved anfall.", ("oppvekst", "helse", "spesialist"),
          "Et skolebarn med en langvarig sykdom og tre tjenester.", "2"),
    Behov("Sjelden diagnose. Avlastning og hjelpemidler må på plass.", ("helse", "oppvekst", "nav", "spesialist"),
          "Et barn med omfattende behov hele døgnet og fem tjenester.", "6"),
    Behov("Angst etter flytting. Trenger voksne som snakker sammen.", ("oppvekst", "helse", "spesialist"),
          "Et skolebarn som får hjelp av helsestasjon, skole og spesialisthelsetjenesten.", "2"),
    Behov("Utviklingshemming. Skal over på ny skole.", ("oppvekst", "ppt", "helse"),
          "Et skolebarn med stort hjelpebehov som skal bytte skole.", "4"),
    Behov("Fosterbarn med mange hjelpere. Alle trenger samme plan.", ("barnevern", "oppvekst", "ppt", "spesialist"),
          "Et barn i fosterhjem med fire tjenester.", "5"),
)  # fmt: skip
VOKSNE = (
    Behov("Hjerneslag. Vil hjem, og trenger at alle vet hva de andre gjør.", ("helse", "nav", "fastlege"),
          "En voksen som kommer hjem fra sykehus og får hjelp fra tre tjenester."),
    Behov("Langvarig psykisk sykdom. Ønsker faste avtaler og færre å forholde seg til.", ("helse", "nav", "fastlege"),
          "En voksen med langvarige behov og tre tjenester.", "2.5"),
    Behov("Rusavhengighet. Har fått bolig, og vil ha noe å gå til.", ("helse", "nav"),
          "En voksen i egen bolig med oppfølging fra to tjenester.", "4"),
    Behov("MS. Kreftene varierer, og hjelpen må kunne endres fort.", ("helse", "nav", "spesialist"),
          "En voksen med en sykdom som svinger, og tre tjenester.", "2"),
    Behov("Utviklingshemming. Skal flytte i egen leilighet.", ("helse", "nav"),
          "En ung voksen som skal flytte for seg selv.", "5"),
    Behov("Skade etter ulykke. Opptrening og arbeid må henge sammen.", ("helse", "nav", "spesialist"),
          "En voksen i opptrening med tre tjenester."),
    Behov("Demens. Ektefellen trenger avlastning og én å ringe til.", ("helse", "fastlege"),
          "En eldre hjemmeboende med flere helsetjenester.", "2"),
)  # fmt: skip
BIDRAG = {
    "helse": ("Trening og hjelpemidler", "Helse og søvn", "Hverdagen hjemme", "Avlastning"),
    "oppvekst": ("Skoledagen", "Tilrettelegging i klassen", "Overganger og beskjeder"),
    "ppt": ("Sakkyndig vurdering", "Lesing og språk", "Veiledning til skolen"),
    "barnevern": ("Tiltak hjemme", "Samtaler med familien"),
    "nav": ("Arbeid og økonomi", "Ytelser og bolig"),
    "spesialist": ("Utredning", "Veiledning", "Behandling og medisiner"),
}
FORMAAL_BARN = (
    "Samordne hjelpen rundt barnet og familien, og gi dem én person å forholde seg til.",
    "Sørge for at skole, hjem og helsetjenester følger samme plan.",
    "Gi familien oversikt, og fordele oppgavene mellom tjenestene.",
)
FORMAAL_VOKSEN = (
    "Samordne hjelpen, så hverdagen henger sammen.",
    "Holde tråden mellom tjenestene og avtale hvem som gjør hva.",
)
STEMMER_BARN = (
    "«Jeg vil at de voksne skal snakke sammen.»",
    "«Det er best når jeg vet hva som skal skje.»",
    "«Jeg liker gymsalen, men ikke garderoben.»",
    "«Jeg vil være med i begynnelsen og gå etterpå.»",
    "«Mamma skal slippe å ringe så mye.»",
    "«Det går bedre på skolen nå.»\nLæreren snakket med barnet dagen før møtet.",
    "«Jeg vil ha flere pauser.»",
    "Ville ikke si noe i møtet. Har fortalt koordinator at det er fint på skolen for tiden.",
)
STEMMER_VOKSEN = (
    "«Det viktigste er å slippe å forklare alt på nytt.»",
    "«Jeg vil ha noe å gå til.»",
    "«Det går bedre når uka er lik.»",
    "«Jeg vil bestemme mer selv.»",
    "«Jeg blir fort sliten. Ta ett spørsmål om gangen.»",
    "«Bra at dere er færre nå.»",
)
SITUASJON_BARN = (
    "Skoledagene går bedre når planen er kjent på forhånd. Hjemme er ettermiddagene lange.",
    "Treningen er flyttet til skolen. Familien merker at det gir ro hjemme.",
    "Søvnen er fortsatt vanskelig. Fravær på mandager følges opp.",
    "Utredningen er ferdig, og tilrådningen er lest sammen med foreldrene.",
    "Avlastningen er i gang annenhver helg. Søsken får mer tid med foreldrene.",
    "Hjelpemidlene er kommet. Skolen trenger opplæring i bruken.",
)
SITUASJON_VOKSEN = (
    "Boligen er på plass. Dagene er lange, og arbeidstrening er neste mål.",
    "Opptreningen går framover. Trappene hjemme er fortsatt vanskelige.",
    "Samarbeidet går bedre når avtalene er få. Økonomien er uoversiktlig.",
    "Medisinene er endret. Fastlegen følger opp hver måned.",
    "Hjemmetjenesten kommer til faste tider. Ektefellen får fri to dager i uka.",
)
MAAL = (
    "Én fast person å ringe til\nFærre beskjeder til hjemmet",
    "En plan for uka som alle kjenner",
    "Færre møter, og tydelige avtaler",
    "Trening to ganger i uka fram til sommeren",
    "",
)
AVTALER = (
    "Ringe hjem og avtale tid",
    "Sende plan for uka til alle",
    "Bestille hjelpemidler",
    "Etterlyse svar på søknaden",
    "Lage plan for overgangen",
    "Snakke med fastlegen om medisinene",
    "Melde behov for opplæring",
    "Følge opp søvn i samtale med familien",
    "Avtale besøk på ny skole eller arbeidsplass",
    "Sende tilrådningen til alle i gruppa",
)
EGNE_PUNKTER = (
    "Plan for ferien", "Overgang til nytt trinn", "Hjelpemidler", "Avlastning", "Søknad som venter på svar",
    "Fritid og venner", "Medisiner", "Bolig", "Transport",
)  # fmt: skip
VURDERT = (
    "Ja. Barnet var med i første del av møtet.",
    "Ja. Vi avtalte at barnet snakker med koordinator før møtet.",
    "Ja. Barnet er lite, og foreldrene fortalte hva det liker og ikke liker.",
)
HVORDAN = (
    "Koordinator snakket med barnet på skolen i forkant.",
    "Kontaktlærer spurte barnet og skrev ned svaret.",
    "Gjennom lek og samtale hos helsesykepleier.",
)
BARNETS_SYN = (
    "Synes det er greit at de voksne snakker sammen.",
    "Vil gjerne vite hva som blir sagt, og er enig.",
    "Er enig, men vil slippe å være med på alle møtene.",
)
STEDER = (
    "Møterom 2, Rådhuset", "Helsestasjonen, møterom 1", "Fjæra barneskole, møterom 1",
    "Fjordvik ungdomsskole, grupperom 3", "PPT, møterom Fjell", "Rådhuset, møterom Havet", "NAV, møterom 4",
)  # fmt: skip
NEI = (
    ("tid", "Det er ikke rom for flere saker nå. Spør gjerne igjen om tre måneder."),
    ("slutter", "Går ut i permisjon om kort tid."),
    ("inhabil", "Kjenner familien privat."),
    ("annen", "Har nettopp fått to nye saker. Vi finner heller en annen."),
)
UTEN_SAK = (
    "Trenger én tjeneste, ikke koordinator. Har fått hjelp til å søke.",
    "Har fått koordinator gjennom spesialisthelsetjenesten, og ønsker ikke en til.",
    "Familien har ombestemt seg. Kan ta kontakt igjen når som helst.",
    "Flytter til en annen kommune. Har fått navn på kontoret der.",
)
VERN = "Folkeregisteret"
AVLYST = ("Sykdom hos koordinator.", "Familien ba om en annen dag.", "For få kunne komme.")
RETTET = (
    "En som sto som til stede, meldte forfall.",
    "Fristen i første avtale var skrevet feil.",
    "Familien ba om at nå-situasjonen ble presisert.",
)
SLUTT = ("Har fått ny jobb.", "Går ut i permisjon.", "Har fått andre oppgaver, og leder har ingen andre å tilby nå.")
AVSLUTTET = (
    "Målene er nådd. Familien ønsker ikke gruppe lenger, og vet hvem de kan ringe.",
    "Har flyttet til en annen kommune.",
    "Behovet er mindre. Skolen og fastlegen følger opp.",
)
