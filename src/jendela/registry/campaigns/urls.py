"""Paths of rounds. `/isi/<token>/` is the holder's (views/answer.py)."""

from django.urls import path

from jendela.registry.campaigns.views import (
    agency,
    answer,
    answer_end,
    answer_items,
    answer_letters,
    answer_proof,
    board,
    offline,
    papers,
    questions,
    rounds,
)

HOME = "kelola/pemutakhiran/"
AGENCY = f"{HOME}instansi/<slug:agency>/"
QUESTIONS = f"{HOME}pertanyaan/"
QUESTION_SET = f"{QUESTIONS}<slug:key>/"
ROUND = f"{HOME}<slug:slug>/"
BUNDLE = f"{ROUND}isian/<int:number>/"

OWN = "isi/<slug:token>/"
ITEM = f"{OWN}<int:item>/"

urlpatterns = [
    path(OWN, answer.answer_home, name="answer_home"),
    path(f"{OWN}mulai/", answer.answer_begin, name="answer_begin"),
    path(f"{OWN}kode/", answer.answer_code, name="answer_code"),
    path(f"{OWN}bukan-saya/", answer.answer_refuse, name="answer_refuse"),
    path(f"{OWN}perangkat/", answer.answer_end_devices, name="answer_end_devices"),
    path(f"{OWN}aplikasi-lain/", answer_items.answer_unlisted, name="answer_unlisted"),
    path(f"{OWN}periksa/", answer_end.answer_review, name="answer_review"),
    path(f"{OWN}terkirim/", answer_end.answer_done, name="answer_done"),
    path(f"{OWN}buka-lagi/", answer_end.answer_reopen, name="answer_reopen"),
    path(f"{OWN}serahkan/", answer_end.answer_hand_over, name="answer_hand_over"),
    path(f"{OWN}tanya/", answer_end.answer_ask, name="answer_ask"),
    path(f"{OWN}berkas/", answer_end.answer_upload, name="answer_upload"),
    path(f"{OWN}isian.xlsx", answer_end.answer_workbook, name="answer_workbook"),
    path(f"{OWN}bukti/", answer_proof.answer_proof, name="answer_proof"),
    path(f"{OWN}surat/", answer_letters.answer_letters, name="answer_letters"),
    path(f"{OWN}surat/<int:number>/", answer_letters.answer_letter, name="answer_letter"),
    path(
        f"{OWN}surat/<int:number>/surat.<slug:form>",
        answer_letters.answer_letter_file,
        name="answer_letter_file",
    ),
    path(ITEM, answer_items.answer_item, name="answer_item"),
    path(f"{ITEM}<slug:key>/", answer_items.answer_question, name="answer_question"),
    path("bukti/<slug:code>/", answer_proof.show_proof, name="show_proof"),
    path(HOME, rounds.list_rounds, name="list_rounds"),
    path(f"{HOME}baru/", rounds.make_round, name="make_round"),
    path(AGENCY, agency.show_agency_rounds, name="show_agency_rounds"),
    path(f"{AGENCY}pernyataan/", agency.attest, name="attest"),
    path(f"{AGENCY}pernyataan/<slug:code>/", agency.show_attestation, name="show_attestation"),
    path(f"{HOME}pengecualian/<slug:slug>/", agency.exempt_field, name="exempt_field"),
    path(f"{HOME}pengecualian/<int:number>/cabut/", agency.end_exemption, name="end_exemption"),
    path(QUESTIONS, questions.list_question_sets, name="list_question_sets"),
    path(QUESTION_SET, questions.show_question_set, name="show_question_set"),
    path(f"{QUESTION_SET}salin/", questions.copy_question_set, name="copy_question_set"),
    path(f"{QUESTION_SET}buang/", questions.drop_question_set, name="drop_question_set"),
    path(f"{QUESTION_SET}isian/", questions.add_field_question, name="add_field_question"),
    path(f"{QUESTION_SET}sendiri/", questions.add_own_question, name="add_own_question"),
    path(f"{QUESTION_SET}ubah/<slug:word>/", questions.edit_question, name="edit_question"),
    path(f"{QUESTION_SET}urutan/<slug:word>/", questions.order_question, name="order_question"),
    path(ROUND, board.show_round, name="show_round"),
    path(f"{ROUND}papan.xlsx", board.export_round, name="export_round"),
    path(f"{ROUND}ubah/", rounds.edit_round, name="edit_round"),
    path(f"{ROUND}simulasi/", rounds.simulate_round, name="simulate_round"),
    path(f"{ROUND}kirim/", rounds.send_round, name="send_round"),
    path(f"{ROUND}buang/", rounds.drop_round, name="drop_round"),
    path(f"{ROUND}perpanjang/", rounds.extend_round, name="extend_round"),
    path(f"{ROUND}tutup/", rounds.close_round, name="close_round"),
    path(f"{ROUND}kirim-sisanya/", rounds.send_rest, name="send_rest"),
    path(f"{ROUND}ingatkan/", rounds.remind_all, name="remind_all"),
    path(f"{ROUND}surat/", papers.show_round_letter, name="show_round_letter"),
    path(f"{ROUND}surat/surat.<slug:form>", papers.export_round_letter, name="export_round_letter"),
    path(f"{ROUND}surat/<slug:agency>/", papers.show_reminder_letter, name="show_reminder_letter"),
    path(
        f"{ROUND}surat/<slug:agency>/surat.<slug:form>",
        papers.export_reminder_letter,
        name="export_reminder_letter",
    ),
    path(BUNDLE, board.show_bundle, name="show_bundle"),
    path(f"{BUNDLE}isian.xlsx", offline.download_workbook, name="download_workbook"),
    path(f"{BUNDLE}unggah/", offline.upload_workbook, name="upload_workbook"),
    path(f"{BUNDLE}putuskan/", board.decide_bundle, name="decide_bundle"),
    path(f"{BUNDLE}jawab/", board.answer_bundle, name="answer_bundle"),
    path(f"{BUNDLE}telepon/", board.note_call, name="note_call"),
    path(f"{BUNDLE}serahkan/", board.hand_over_bundle, name="hand_over_bundle"),
    path(f"{BUNDLE}kirim-lagi/", board.resend_bundle, name="resend_bundle"),
    path(f"{BUNDLE}tarik/", board.withdraw_bundle, name="withdraw_bundle"),
]
