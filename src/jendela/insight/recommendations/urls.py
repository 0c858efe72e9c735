from django.urls import path

from jendela.insight.recommendations.views import agencies, giving, lists, papers

HOME = "kelola/rekomendasi/"

urlpatterns = [
    path(HOME, lists.list_recommendations, name="list_recommendations"),
    path(f"{HOME}unduh.csv", lists.export_recommendations, name="export_recommendations"),
    path(f"{HOME}beri/", giving.give_recommendations, name="give_recommendations"),
    path(f"{HOME}alasan/<slug:slug>/", lists.show_reasons, name="show_reasons"),
    path(f"{HOME}surat/<int:number>/", papers.show_advice_letter, name="show_advice_letter"),
    path(f"{HOME}surat/<int:number>.<slug:form>", papers.export_advice_letter, name="export_advice_letter"),
    path(f"{HOME}<int:number>/", lists.show_recommendation, name="show_recommendation"),
    path(f"{HOME}<int:number>/jawab/", agencies.answer_recommendation, name="answer_recommendation"),
    path(f"{HOME}<int:number>/tindak-lanjut/", giving.follow_recommendation, name="follow_recommendation"),
    path(f"{HOME}<int:number>/tutup/", giving.close_recommendation, name="close_recommendation"),
]
