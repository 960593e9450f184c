"""The level of protection of a person and of a case, kept by PostgreSQL (N11, L20, L28).

A case has the strictest level of anyone in it. A participant counts for good, since yesterday's minutes still name
them: so no date is asked for, and only events move the level.
"""

# ruff: noqa: S608 -- every statement is put together from the constants below, nothing from outside

from __future__ import annotations

import pgtrigger

# The level of one person: what is set on the person, and shielding when the person works for the municipality (L28).
_PERSONENS = """GREATEST(
    COALESCE((SELECT max(v.nivaa) FROM sak_vern v WHERE v.person_id = {person} AND v.opphevet_tid IS NULL), 0),
    (SELECT count(*) FROM (SELECT 1 FROM sak_habilitet h JOIN sak_ansettelse a ON a.konto_id = h.konto_id
      WHERE h.person_id = {person} AND h.relasjon = 'selv' AND h.opphevet_tid IS NULL LIMIT 1) ansatt))"""

# The level of one case: the person's, and what is set on anyone who takes part or has done so, also on one who is the
# person of another case and takes part here by account.
_SAKENS = (
    """GREATEST(
    COALESCE((SELECT max(v.nivaa) FROM sak_deltakelse d JOIN sak_vern v
      ON v.opphevet_tid IS NULL AND (v.kontakt_id = d.kontakt_id OR v.konto_id = d.konto_id)
      WHERE d.sak_id = {sak}), 0),
    COALESCE((SELECT max(v.nivaa) FROM sak_deltakelse d
      JOIN sak_habilitet h ON h.konto_id = d.konto_id AND h.relasjon = 'selv' AND h.opphevet_tid IS NULL
      JOIN sak_vern v ON v.person_id = h.person_id AND v.opphevet_tid IS NULL
      WHERE d.sak_id = {sak}), 0), """
    + _PERSONENS
    + ")"
)

_SKRIV_PERSON = f"""
    UPDATE sak_person p SET vernenivaa = n.nivaa,
        adressebeskyttelse = CASE n.nivaa WHEN 3 THEN 'strengt' WHEN 2 THEN 'fortrolig' ELSE 'ingen' END
    FROM (SELECT i.id, {_PERSONENS.format(person="i.id")} AS nivaa FROM sak_person i WHERE i.id = %(person)s) n
    WHERE p.id = n.id AND p.vernenivaa <> n.nivaa;
"""
_SKRIV_SAKER = f"""
    UPDATE sak_sak s SET vernenivaa = n.nivaa
    FROM (SELECT i.id, {_SAKENS.format(sak="i.id", person="i.person_id")} AS nivaa
          FROM sak_sak i WHERE %(hvilke)s) n
    WHERE s.id = n.id AND s.vernenivaa <> n.nivaa;
"""
_OM_PERSONEN = (_SKRIV_PERSON + _SKRIV_SAKER) % {"person": "{person}", "hvilke": "i.person_id = {person}"}
_DELTAR_MED_KONTOEN = "i.id IN (SELECT d.sak_id FROM sak_deltakelse d WHERE d.konto_id IN ({kontoer}))"
_PERSONENS_KONTOER = "SELECT h.konto_id FROM sak_habilitet h WHERE h.person_id = NEW.person_id AND h.relasjon = 'selv'"
_DELTAR = (
    "i.id IN (SELECT d.sak_id FROM sak_deltakelse d WHERE d.kontakt_id = NEW.kontakt_id OR d.konto_id = NEW.konto_id)"
)

NYTT_NIVAA_AV_VERN = pgtrigger.Trigger(
    name="nytt_nivaa",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.After,
    func=f"""
        IF NEW.person_id IS NOT NULL THEN
            {_OM_PERSONEN.format(person="NEW.person_id")}
            {_SKRIV_SAKER % {"hvilke": _DELTAR_MED_KONTOEN.format(kontoer=_PERSONENS_KONTOER)}}
        ELSE {_SKRIV_SAKER % {"hvilke": _DELTAR}}
        END IF;
        IF NEW.kontakt_id IS NOT NULL AND NEW.nivaa = 3 THEN
            UPDATE sak_kontakt SET postadresse = '' WHERE id = NEW.kontakt_id AND postadresse <> '';
        END IF;
        RETURN NULL;
    """,
)

NYTT_NIVAA_AV_DELTAKELSE = pgtrigger.Trigger(
    name="nytt_nivaa",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("konto_id", "kontakt_id"),
    when=pgtrigger.After,
    func=f"""
        IF EXISTS (SELECT 1 FROM sak_vern v WHERE v.kontakt_id = NEW.kontakt_id OR v.konto_id = NEW.konto_id)
           OR EXISTS (SELECT 1 FROM sak_habilitet h JOIN sak_vern v ON v.person_id = h.person_id
                      WHERE h.konto_id = NEW.konto_id AND h.relasjon = 'selv') THEN
            {_SKRIV_SAKER % {"hvilke": "i.id = NEW.sak_id"}}
        END IF;
        RETURN NULL;
    """,
)

NYTT_NIVAA_AV_HABILITET = pgtrigger.Trigger(
    name="nytt_nivaa",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.After,
    func=f"""
        IF NEW.relasjon = 'selv' THEN
            {_OM_PERSONEN.format(person="NEW.person_id")}
            IF EXISTS (SELECT 1 FROM sak_vern v WHERE v.person_id = NEW.person_id) THEN
                {_SKRIV_SAKER % {"hvilke": _DELTAR_MED_KONTOEN.format(kontoer="NEW.konto_id")}}
            END IF;
        END IF;
        RETURN NULL;
    """,
)

NYTT_NIVAA_AV_ANSETTELSE = pgtrigger.Trigger(
    name="nytt_nivaa",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("konto_id"),
    when=pgtrigger.After,
    declare=[("ansatt", "uuid")],
    func=f"""
        FOR ansatt IN SELECT h.person_id FROM sak_habilitet h
            WHERE h.konto_id = NEW.konto_id AND h.relasjon = 'selv' AND h.opphevet_tid IS NULL LOOP
            {_OM_PERSONEN.format(person="ansatt")}
        END LOOP;
        RETURN NULL;
    """,
)

KONTAKTENS_ADRESSE = pgtrigger.Trigger(
    name="strengt_uten_adresse",
    operation=pgtrigger.UpdateOf("postadresse"),
    when=pgtrigger.Before,
    condition=~pgtrigger.Q(new__postadresse=""),
    func="""
        IF EXISTS (SELECT 1 FROM sak_vern WHERE kontakt_id = NEW.id AND nivaa = 3 AND opphevet_tid IS NULL) THEN
            RAISE EXCEPTION 'no address is kept of a strictly protected contact' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

# A level is never written by hand: what does not agree with the rows it comes from is refused.
PERSONENS_NIVAA_STEMMER = pgtrigger.Trigger(
    name="nivaa_stemmer",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("vernenivaa", "adressebeskyttelse"),
    when=pgtrigger.Before,
    func=f"""
        IF NEW.vernenivaa <> {_PERSONENS.format(person="NEW.id")}
           OR NEW.adressebeskyttelse <>
              (CASE NEW.vernenivaa WHEN 3 THEN 'strengt' WHEN 2 THEN 'fortrolig' ELSE 'ingen' END) THEN
            RAISE EXCEPTION 'protection is set through sak_vern' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.vernenivaa = 3 THEN NEW.adresse := ''; END IF;
        RETURN NEW;
    """,
)

SAKENS_NIVAA = pgtrigger.Trigger(
    name="sakens_nivaa",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("vernenivaa", "person_id"),
    when=pgtrigger.Before,
    func=f"""
        NEW.vernenivaa := {_SAKENS.format(sak="NEW.id", person="NEW.person_id")};
        RETURN NEW;
    """,
)
