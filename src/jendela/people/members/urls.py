from django.urls import path

from jendela.people.members.views import invitations, people

urlpatterns = [
    path("kelola/orang/", people.list_members, name="list_members"),
    path("kelola/orang.csv", people.export_members, name="export_members"),
    path("kelola/orang/<int:number>/", people.show_member, name="show_member"),
    path("kelola/orang/<int:number>/peran/", people.give_role, name="give_role"),
    path("kelola/orang/<int:number>/peran/<int:key>/akhiri/", people.end_role, name="end_role"),
    path("kelola/orang/<int:number>/peran/<int:key>/pulihkan/", people.restore_role, name="restore_role"),
    path(
        "kelola/orang/<int:number>/peran/<int:key>/pengganti/", people.substitute_role, name="substitute_role"
    ),
    path("kelola/orang/<int:number>/lepas/", people.release_member, name="release_member"),
    path("kelola/undangan/", invitations.list_invitations, name="list_invitations"),
    path("kelola/undangan/baru/", invitations.invite_person, name="invite_person"),
    path(
        "kelola/undangan/<int:number>/tautan/", invitations.show_invitation_link, name="show_invitation_link"
    ),
    path("kelola/undangan/<int:number>/perbarui/", invitations.renew_invitation, name="renew_invitation"),
    path("kelola/undangan/<int:number>/tarik/", invitations.withdraw_invitation, name="withdraw_invitation"),
    path("akun/undangan/<slug:token>/", invitations.accept_invitation, name="accept_invitation"),
]
