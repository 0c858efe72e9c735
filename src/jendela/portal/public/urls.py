from django.urls import path

from jendela.portal.public.views import core, versions

urlpatterns = [
    path("", core.show_home, name="show_home"),
    path("cari/", core.show_results, name="show_results"),
    path("layanan/<slug:slug>/", core.show_service, name="show_service"),
    path("layanan/<slug:slug>/poster/", core.show_service_poster, name="show_service_poster"),
    path("layanan/<slug:slug>/qr.svg", core.show_service_qr, name="show_service_qr"),
    path("layanan/<slug:slug>/versi/", versions.list_versions, name="list_versions"),
    path("layanan/<slug:slug>/standar/", versions.show_standard, name="show_standard"),
    path("instansi/<slug:slug>/maklumat/", versions.show_charter, name="show_charter"),
    path("kelola/standar/<slug:slug>/pratinjau/", versions.preview_standard, name="preview_standard"),
    path("kelola/sippn.<str:form>", versions.export_sippn_staff, name="export_sippn_staff"),
    path("data/sippn.json", versions.export_sippn_json, name="export_sippn_json"),
    path("data/sippn.csv", versions.export_sippn_csv, name="export_sippn_csv"),
    path("data/sippn.xlsx", versions.export_sippn_xlsx, name="export_sippn_xlsx"),
    path("l/<int:number>/", core.follow_service_link, name="follow_service_link"),
    path("d/<str:code>/", core.follow_village_link, name="follow_village_link"),
    path("salah/", core.show_feedback_form, name="show_feedback_form"),
    path("salah/terima-kasih/<int:number>/", core.show_feedback_thanks, name="show_feedback_thanks"),
    path("sitemap.xml", core.show_sitemap, name="show_sitemap"),
    path("robots.txt", core.show_robots, name="show_robots"),
]
