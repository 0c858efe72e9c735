"""The roles: each a class with one sentence that anyone can check, and what it may do.

A role with `everywhere` holds for all agencies; any other holds for the agency of its membership alone. Residents and
the public have no role: what they may do is open to all.
"""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from jendela.people.access.choices import Permission


class Role:
    code: ClassVar[str]
    label: ClassVar[Any]
    sentence: ClassVar[Any]
    permissions: ClassVar[frozenset[Permission]]
    everywhere: ClassVar[bool] = False


class ServiceOfficer(Role):
    code = "service_officer"
    label = _("Petugas layanan")
    sentence = _(
        "Melayani warga di loket, menjawab kabar, dan membuka kontak warga dengan alasan yang dicatat."
    )
    permissions = frozenset({Permission.SEE_AGENCY, Permission.READ_FEEDBACK, Permission.READ_PERSONAL})


class ServiceAdmin(Role):
    code = "service_admin"
    label = _("Admin layanan")
    sentence = _(
        "Menulis dan menerbitkan standar, cara mengurus dan kata warga instansinya, serta menjawab kabar warga."
    )
    permissions = frozenset(
        {
            Permission.SEE_AGENCY,
            Permission.READ_FEEDBACK,
            Permission.READ_PERSONAL,
            Permission.READ_HOLDERS,
            Permission.READ_INSIGHT,
            Permission.EDIT_CONTACTS,
            Permission.WRITE_STANDARDS,
            Permission.PUBLISH_INTERIM,
            Permission.WRITE_WORDS,
            Permission.IMPORT_DATA,
            Permission.EXPORT_DATA,
            Permission.READ_REGISTRY,
            Permission.EDIT_REGISTRY,
            Permission.READ_ADVICE,
        }
    )


class AgencyHead(Role):
    code = "agency_head"
    label = _("Kepala instansi")
    sentence = _(
        "Memberlakukan standar dengan SK, menandatangani target sementara, dan memberi peran di instansinya."
    )
    permissions = frozenset(
        {
            Permission.SEE_AGENCY,
            Permission.READ_FEEDBACK,
            Permission.READ_PERSONAL,
            Permission.READ_HOLDERS,
            Permission.READ_INSIGHT,
            Permission.EDIT_CONTACTS,
            Permission.WRITE_STANDARDS,
            Permission.PUBLISH_INTERIM,
            Permission.DECREE_STANDARDS,
            Permission.SIGN_TARGETS,
            Permission.MANAGE_MEMBERS,
            Permission.EXPORT_DATA,
            Permission.READ_REGISTRY,
            Permission.EDIT_REGISTRY,
            Permission.ATTEST_REGISTRY,
            Permission.READ_ADVICE,
            Permission.ANSWER_ADVICE,
        }
    )


class AgencyOperator(Role):
    code = "agency_operator"
    label = _("Operator data instansi")
    sentence = _("Mengisi dan memperbarui data instansinya, dengan layar atau tabel.")
    permissions = frozenset(
        {
            Permission.SEE_AGENCY,
            Permission.READ_INSIGHT,
            Permission.EDIT_CONTACTS,
            Permission.IMPORT_DATA,
            Permission.EXPORT_DATA,
            Permission.READ_REGISTRY,
            Permission.EDIT_REGISTRY,
            Permission.READ_ADVICE,
        }
    )


class VillageOfficial(Role):
    code = "village_official"
    label = _("Perangkat desa")
    sentence = _("Membantu warga desanya mengurus layanan, dan memberi kabar bila ada yang keliru.")
    permissions = frozenset({Permission.SEE_AGENCY})


class StaffMember(Role):
    code = "staff_member"
    label = _("Pegawai")
    sentence = _("Memakai jendela pegawai untuk menemukan aplikasi kerjanya.")
    permissions = frozenset({Permission.SEE_AGENCY})


class InformationTeam(Role):
    code = "information_team"
    label = _("Tim Diskominfo")
    sentence = _(
        "Merawat data, kata dan modul semua instansi, dan mengundang orang; tidak memberlakukan standar."
    )
    permissions = frozenset(Permission) - {
        Permission.DECREE_STANDARDS,
        Permission.SIGN_TARGETS,
        Permission.ATTEST_REGISTRY,
        Permission.ANSWER_ADVICE,
        Permission.READ_PERSONAL,
    }
    everywhere = True


class Planner(Role):
    code = "planner"
    label = _("Tim perencana")
    sentence = _("Membaca kekurangan dan pencarian semua instansi, dan mengunduh tabel untuk rencana.")
    permissions = frozenset(
        {
            Permission.SEE_AGENCY,
            Permission.READ_INSIGHT,
            Permission.EXPORT_DATA,
            Permission.READ_REGISTRY,
            Permission.READ_ADVICE,
        }
    )
    everywhere = True


class Leader(Role):
    code = "leader"
    label = _("Pimpinan daerah")
    sentence = _("Melihat keadaan semua instansi tanpa mengubah apa pun.")
    permissions = frozenset(
        {
            Permission.SEE_AGENCY,
            Permission.READ_INSIGHT,
            Permission.READ_REGISTRY,
            Permission.READ_ADVICE,
        }
    )
    everywhere = True


class Administrator(Role):
    code = "administrator"
    label = _("Pengelola Jendela")
    sentence = _(
        "Menjaga Jendela berjalan: orang, peran, modul, catatan dan data; tidak memberlakukan standar."
    )
    permissions = frozenset(Permission) - {
        Permission.DECREE_STANDARDS,
        Permission.SIGN_TARGETS,
        Permission.ATTEST_REGISTRY,
        Permission.ANSWER_ADVICE,
    }
    everywhere = True


ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (
        ServiceOfficer,
        ServiceAdmin,
        AgencyHead,
        AgencyOperator,
        VillageOfficial,
        StaffMember,
        InformationTeam,
        Planner,
        Leader,
        Administrator,
    )
}
ROLE_CHOICES = [(code, role.label) for code, role in ROLES.items()]
