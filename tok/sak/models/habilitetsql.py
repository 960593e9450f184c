"""Conflicts of interest that follow from what is registered, kept by PostgreSQL (N12, L28)."""

from __future__ import annotations

import pgtrigger

# Who is whose parent says who are siblings, who share a child, and whose child one is. Kept by PostgreSQL, so that no
# way of registering a parent can forget it.
_SELV = "h.relasjon = 'selv' AND h.opphevet_tid IS NULL"
_FORELDER = "relasjon = 'forelder' AND opphevet_tid IS NULL"
_FORELDRE = f"SELECT konto_id, person_id FROM sak_habilitet WHERE {_FORELDER}"  # noqa: S608 -- constants
# What is new can only matter where it meets: so the rest of the table is not looked at.
_NAER = "({rad}.person_id = NEW.person_id OR {rad}.konto_id = NEW.konto_id)"
UTLED = pgtrigger.Trigger(
    name="utled",
    operation=pgtrigger.Insert,
    when=pgtrigger.After,
    condition=pgtrigger.Q(new__relasjon__in=["selv", "forelder"]),
    func=f"""
        INSERT INTO sak_habilitet (id, konto_id, person_id, relasjon, kilde, merknad, satt_av_id, satt_tid, slutt_grunn)
        SELECT gen_random_uuid(), u.konto_id, u.person_id, u.relasjon, 'utledet', '', NULL, NEW.satt_tid, ''
        FROM (
            -- the child of a parent one shares with another child
            SELECT h.konto_id, b.person_id, 'soesken' AS relasjon
            FROM sak_habilitet h JOIN ({_FORELDRE}) a ON a.person_id = h.person_id
            JOIN ({_FORELDRE}) b ON b.konto_id = a.konto_id AND b.person_id <> a.person_id
            WHERE {_SELV} AND {_NAER.format(rad="a")}
            UNION  -- the parent that is a person in a case: the child's conflict
            SELECT h.konto_id, f.person_id, 'barn'
            FROM sak_habilitet h JOIN ({_FORELDRE}) a ON a.person_id = h.person_id
            JOIN sak_habilitet f ON f.konto_id = a.konto_id AND f.relasjon = 'selv' AND f.opphevet_tid IS NULL
            WHERE {_SELV} AND {_NAER.format(rad="a")}
            UNION  -- two who share a child, one of them a person in a case
            SELECT a.konto_id, h.person_id, 'felles_barn'
            FROM ({_FORELDRE}) a JOIN ({_FORELDRE}) b ON b.person_id = a.person_id AND b.konto_id <> a.konto_id
            JOIN sak_habilitet h ON h.konto_id = b.konto_id
            WHERE {_SELV} AND {_NAER.format(rad="b")}
        ) u
        ON CONFLICT (konto_id, person_id, relasjon) WHERE (opphevet_tid IS NULL) DO NOTHING;
        RETURN NULL;
    """,  # noqa: S608 -- put together from the constants above, nothing from outside
)

# Whoever takes part as the person or for the person has a conflict in every other role of that person's case.
AV_DELTAKELSE = pgtrigger.Trigger(
    name="utled_habilitet",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("konto_id", "rolle", "egenskap"),
    when=pgtrigger.After,
    condition=pgtrigger.Q(new__rolle__in=["person", "representant"], new__konto__isnull=False),
    func="""
        INSERT INTO sak_habilitet (id, konto_id, person_id, relasjon, kilde, merknad, satt_av_id, satt_tid, slutt_grunn)
        SELECT gen_random_uuid(), NEW.konto_id, s.person_id,
               CASE WHEN NEW.rolle = 'person' THEN 'selv' WHEN NEW.egenskap = 'forelder' THEN 'forelder'
                    ELSE 'representerer' END, 'utledet', '', NULL, now(), ''
        FROM sak_sak s WHERE s.id = NEW.sak_id
        ON CONFLICT (konto_id, person_id, relasjon) WHERE (opphevet_tid IS NULL) DO NOTHING;
        RETURN NULL;
    """,
)

# Roles of the helping side: the person, the representatives and a support person may well be family.
BLOKKERER_ROLLEN = pgtrigger.Trigger(
    name="inhabil_faar_ikke_rollen",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("konto_id", "rolle"),
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__konto__isnull=False)
    & ~pgtrigger.Q(new__rolle__in=["person", "representant", "stoetteperson"]),
    func="""
        IF EXISTS (SELECT 1 FROM sak_habilitet h JOIN sak_sak s ON s.person_id = h.person_id
                   WHERE s.id = NEW.sak_id AND h.konto_id = NEW.konto_id AND h.opphevet_tid IS NULL) THEN
            RAISE EXCEPTION 'a conflict of interest bars the role' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
