from django.urls import path

from jendela.registry.links.views import findings, link_map, links, rules

urlpatterns = [
    path("kelola/integrasi/", links.list_links, name="list_links"),
    path("kelola/integrasi/baru/", links.declare_link, name="declare_link"),
    path("kelola/integrasi/peta/", link_map.show_link_map, name="show_link_map"),
    path("kelola/integrasi/matriks/", findings.show_link_matrix, name="show_link_matrix"),
    path("kelola/integrasi/matriks.xlsx", findings.export_link_matrix, name="export_link_matrix"),
    path("kelola/integrasi/sendiri/", findings.list_isolated, name="list_isolated"),
    path("kelola/integrasi/sendiri/<slug:slug>/", findings.exempt_application, name="exempt_application"),
    path("kelola/integrasi/sendiri/<slug:slug>/akhiri/", findings.end_exemption, name="end_exemption"),
    path("kelola/integrasi/ketik-ulang/", findings.list_retyped, name="list_retyped"),
    path("kelola/integrasi/aturan/", rules.list_source_rules, name="list_source_rules"),
    path("kelola/integrasi/aturan/baru/", rules.add_source_rule, name="add_source_rule"),
    path("kelola/integrasi/aturan/<int:number>/", rules.edit_source_rule, name="edit_source_rule"),
    path("kelola/integrasi/aturan/<int:number>/akhiri/", rules.end_source_rule, name="end_source_rule"),
    path("kelola/integrasi/<int:number>/", links.show_link, name="show_link"),
    path("kelola/integrasi/<int:number>/jawab/", links.answer_link, name="answer_link"),
    path("kelola/integrasi/<int:number>/ubah/", links.edit_link, name="edit_link"),
    path("kelola/integrasi/<int:number>/akhiri/", links.end_link, name="end_link"),
    path("kelola/integrasi/<int:number>/kembalikan/", links.reopen_link, name="reopen_link"),
]
