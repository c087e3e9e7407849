# ہر صفحے کے الفاظ

skip-to-content = مرکزی مواد پر جائیں
error-summary-title = ایک مسئلہ ہے
telephone-help = ہمیں فون کریں
back = واپس
continue = جاری رکھیں
yes = ہاں
no = نہیں
language = زبان
