"""Made-up names by where a family comes from; put together by chance, so they are nobody's (N24)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Opphav:
    """Names that go together, and the language a family may need an interpreter in."""

    etternavn: tuple[str, ...]
    jenter: tuple[str, ...]
    gutter: tuple[str, ...]
    kvinner: tuple[str, ...]
    menn: tuple[str, ...]
    tolkespraak: str = ""


def _liste(tekst: str) -> tuple[str, ...]:
    return tuple(tekst.split())


NORSK = Opphav(
    _liste(
        """Aamodt Alnes Andresen Aune Austad Bergli Birkeland Bjerke Bjørnstad Bolstad Borge Braaten Brekkhus Dalen
        Dybvik Egeland Eide Ellingsen Engen Eriksen Evensen Finstad Fjellstad Flaten Foss Gabrielsen Gjerde Grande
        Grimstad Gundersen Halvorsen Hammer Hansen Hauge Hegge Helgesen Henriksen Hoel Hovde Husby Iversen Jacobsen
        Jensen Jenssen Karlsen Kjelstad Kleven Knudsen Kolstad Kristiansen Kvamme Langeland Lervik Løken Løvås Madsen
        Martinsen Mathisen Mikkelsen Monsen Mælum Nordby Nygård Næss Olsen Opdal Paulsen Pedersen Rasmussen Ringstad
        Rustad Rygg Røed Sandnes Selnes Simonsen Sjøberg Skaar Skogen Solberg Solheim Stensrud Storli Sætre Sørli
        Teigen Thoresen Thorsen Torgersen Tønnessen Ueland Vangen Vatne Vestby Vold Wiik Østby Øverland Aasheim"""
    ),
    _liste(
        """Agnes Alma Amanda Andrea Anna Astrid Ella Ellinor Emilie Erle Eline Frida Hedda Hedvig Helle Hermine Ingrid
        Iben Jenny Julie Kaja Klara Lea Linnea Live Lotte Madelen Malin Maren Marie Mathilde Mille Nora Oda Olivia
        Selma Signe Sigrid Solveig Sofie Synne Thea Tiril Tuva Ulrikke Victoria Ylva Åse Ingeborg"""
    ),
    _liste(
        """Adrian Aksel Albert Alfred Andreas Anton August Birk Brage Casper Didrik Eirik Emil Even Filip Fredrik
        Gabriel Hallvard Håkon Henrik Herman Isak Iver Jens Johannes Jonathan Kasper Kristian Lars Lavrans Leon Liam
        Ludvig Lukas Magnus Marius Mathias Mikkel Nikolai Odin Olav Oliver Peder Sander Sebastian Sigurd Simen Sivert
        Sondre Storm Tarjei Teodor Thomas Tobias Torjus Trym Ulrik Viljar William Åsmund"""
    ),
    _liste(
        """Anita Bente Berit Bodil Camilla Cathrine Ellen Elin Elisabeth Gerd Grete Gro Gunhild Gunvor Hege Heidi Helene
        Inger Janne Jorunn Kirsten Kristin Laila Lene Linda Liv Mari Marianne Merete Mette Monica Randi Renate Rita
        Ruth Siv Solfrid Stine Sunniva Tonje Torill Trude Unni Vibeke Wenche Åshild"""
    ),
    _liste(
        """Anders Arild Arvid Asbjørn Atle Bjarne Bjørn Dag Einar Erling Espen Frank Geir Gunnar Hans Harald Helge Inge
        Ivar Jan Jarle Johan Jørgen Kåre Ketil Kjell Knut Leif Magne Morten Nils Oddvar Olav Pål Reidar Roar Roger
        Rolf Rune Sigbjørn Steinar Stig Svein Sverre Terje Tore Torstein Trond Vidar Øystein Øyvind"""
    ),
)
SAMISK = Opphav(
    _liste("Bær Eira Gaup Guttorm Hætta Kemi Magga Nango Oskal Sara Somby Triumf Turi Utsi Valkeapää"),
    _liste("Áile Ánne Biret Elle Inga Láilá Máret Ristiinna Sárá Sunná Risten Ánná"),
    _liste("Ánte Áilo Biera Issát Juhán Máhtte Mihkkal Niillas Nils-Ánte Ovllá Jovnna Sámmol"),
    _liste("Berit Elen Karen Kirsten Máret Marit Ravna Risten"),
    _liste("Aslak Issát Johan Lars Mathis Mikkel Nils Per-Ante"),
)
POLSK = Opphav(
    _liste("Baran Bielak Duda Kubiak Kaczmarek Kozak Krawczyk Mazur Nowak Pawlak Sikora Wrona Wójcik Zając"),
    _liste("Aleksandra Hanna Julia Lena Maja Oliwia Zofia Zuzanna"),
    _liste("Antoni Filip Jakub Kacper Leon Mikołaj Oskar Szymon"),
    _liste("Agnieszka Dorota Ewa Joanna Katarzyna Magdalena Monika"),
    _liste("Grzegorz Krzysztof Marcin Paweł Piotr Tomasz Wojciech"),
    "polsk",
)
SOMALISK = Opphav(
    _liste("Abdirahman Abukar Adan Egal Elmi Warfa Guled Hersi Jama Mahad Nuur Omar Roble Samatar"),
    _liste("Amina Asma Deqa Fadumo Hamdi Ifrah Nasra Sagal Sumaya"),
    _liste("Abdullahi Bilal Guled Hamza Idris Liban Mahad Saalim Zakaria"),
    _liste("Amran Asha Faduma Halima Hawa Khadra Sahra Ubah"),
    _liste("Abdi Ahmed Hassan Ismail Jamal Mohamed Said Yasin"),
    "somali",
)
UKRAINSK = Opphav(
    _liste("Bondar Hrytsenko Koval Kravets Lysenko Marchenko Melnyk Moroz Oliynyk Savchenko Shevchuk Tkachuk"),
    _liste("Anastasija Darija Kateryna Marija Oksana Polina Solomija Veronika"),
    _liste("Artem Bohdan Danylo Ivan Maksym Mykola Oleh Taras"),
    _liste("Hanna Iryna Larysa Nadija Natalija Olena Tetjana"),
    _liste("Andrij Dmytro Ihor Oleksandr Serhij Vasyl Viktor"),
    "ukrainsk",
)
ARABISK = Opphav(
    _liste("Ayoub Barakat Darwish Haddad Hamdan Kassab Khoury Mansour Nasser Sabbagh Saleh Shaheen Zein"),
    _liste("Dana Farah Jana Lamar Layla Maryam Nour Salma Yara"),
    _liste("Adam Elyas Fares Karam Khaled Omar Rami Sami Yousef"),
    _liste("Amal Hiba Iman Lina Manal Nadia Rania Samira"),
    _liste("Anas Basel Fadi Ibrahim Mazen Nabil Tarek Walid"),
    "arabisk",
)
TAMILSK = Opphav(
    _liste("Arulanantham Balasingam Ganesan Kandiah Kumaran Nadarajah Rajan Selvam Sivakumar Thevarajah"),
    _liste("Abinaya Dharani Kavya Nila Priya Sahana Tharani"),
    _liste("Arun Dinesh Harish Kavin Nithin Pranav Vasan"),
    _liste("Kamala Latha Meena Sumathi Vani Yamuna"),
    _liste("Kumar Mohan Nathan Ravi Suresh Vijay"),
)

# One round of families; the rounds give each kind its share.
RUNDE = (
    NORSK, NORSK, NORSK, POLSK, NORSK, NORSK, SAMISK, NORSK, NORSK, NORSK, SOMALISK, NORSK,
    NORSK, UKRAINSK, NORSK, NORSK, ARABISK, NORSK, NORSK, TAMILSK,
)  # fmt: skip
PLASSER = tuple(RUNDE[:nr].count(opphav) for nr, opphav in enumerate(RUNDE))

GATER = _liste(
    """Bakkeveien Bjørkealleen Elveveien Fjellgata Fjordgata Furulia Granveien Hagegata Havnegata Kirkeveien
    Lyngveien Møllergata Nordveien Parkveien Rognveien Skoleveien Solbakken Storgata Strandveien
    Torggata Tunveien Vestveien Åsveien"""
)
# For office and services where the demo's own staff is too small.
TITLER = {
    "helse": _liste("ergoterapeut fysioterapeut helsesykepleier miljøterapeut sykepleier vernepleier"),
    "oppvekst": _liste("kontaktlærer spesialpedagog sosiallærer førskolelærer"),
    "ppt": ("PP-rådgiver", "logoped", "spesialpedagog"),
    "barnevern": ("kontaktperson", "familieveileder"),
    "nav": ("veileder", "sosialkonsulent"),
    "spesialist": ("psykologspesialist", "overlege", "vernepleier"),
}
