from django.urls import path

from jendela.registry.applications import views

ONE = "kelola/aplikasi/<slug:slug>/"

urlpatterns = [
    path("aplikasi/lapor/", views.report_unlisted, name="report_unlisted"),
    path("aplikasi/lapor/terima-kasih/", views.thank_for_report, name="thank_for_report"),
    path("aplikasi/<slug:slug>/publiccode.yml", views.show_publiccode, name="show_publiccode"),
    path(f"{ONE}publiccode.yml", views.export_publiccode, name="export_publiccode"),
    path(f"{ONE}publiccode/", views.read_publiccode, name="read_publiccode"),
    path("kelola/aplikasi/lapor/", views.report_application, name="report_application"),
    path("kelola/aplikasi/usulan/", views.list_reports, name="list_reports"),
    path("kelola/aplikasi/usulan/batalkan/<uuid:batch>/", views.undo_concept, name="undo_concept"),
    path("kelola/aplikasi/usulan/laporan/<int:number>/", views.decide_report, name="decide_report"),
    path("kelola/aplikasi/usulan/laporan/<int:number>/batalkan/", views.reopen_report, name="reopen_report"),
    path("kelola/aplikasi/usulan/<slug:slug>/", views.decide_concept, name="decide_concept"),
    path("kelola/pemakaian/", views.list_uses, name="list_uses"),
    path("kelola/pemakaian/<slug:slug>/", views.answer_agency_uses, name="answer_agency_uses"),
    path("kelola/pemakaian/<slug:slug>/tambah/", views.add_agency_use, name="add_agency_use"),
    path(
        "kelola/pemakaian/<slug:slug>/batalkan/<uuid:batch>/", views.undo_agency_uses, name="undo_agency_uses"
    ),
    path("kelola/aplikasi/baru/", views.add_application, name="add_application"),
    path(f"{ONE}ubah/<slug:group>/", views.edit_group, name="edit_group"),
    path(f"{ONE}benar/<slug:group>/", views.confirm_group, name="confirm_group"),
    path(f"{ONE}batalkan/<uuid:batch>/", views.undo_act, name="undo_act"),
    path(f"{ONE}bagian/<slug:part>/", views.add_part, name="add_part"),
    path(f"{ONE}bagian/<slug:part>/<int:key>/", views.change_part, name="change_part"),
    path(f"{ONE}bagian/<slug:part>/<int:key>/cabut/", views.remove_part_row, name="remove_part_row"),
    path(f"{ONE}fungsi/", views.choose_function, name="choose_function"),
    path(f"{ONE}persetujuan/", views.record_approval, name="record_approval"),
    path(f"{ONE}orang/<int:key>/kontak/", views.open_person_contact, name="open_person_contact"),
    path("kelola/atribut/", views.list_attributes, name="list_attributes"),
    path("kelola/atribut/baru/", views.add_attribute, name="add_attribute"),
    path("kelola/atribut/<int:key>/", views.edit_attribute, name="edit_attribute"),
    path("kelola/atribut/<int:key>/urutan/", views.order_attribute, name="order_attribute"),
]
