# ہر صفحے کے الفاظ

skip-to-content = مرکزی مواد پر جائیں
error-summary-title = ایک مسئلہ ہے
error-prefix = خرابی
telephone-help = ہمیں فون کریں
back = واپس
continue = جاری رکھیں
save = محفوظ کریں
cancel = منسوخ کریں
yes = ہاں
no = نہیں
language = زبان

seconds = { $count ->
    [one] { $count } سیکنڈ
   *[other] { $count } سیکنڈ
}
minutes = { $count ->
    [one] { $count } منٹ
   *[other] { $count } منٹ
}
hours = { $count ->
    [one] { $count } گھنٹہ
   *[other] { $count } گھنٹے
}
days = { $count ->
    [one] { $count } دن
   *[other] { $count } دن
}

weekday-1 = پیر
weekday-2 = منگل
weekday-3 = بدھ
weekday-4 = جمعرات
weekday-5 = جمعہ
weekday-6 = ہفتہ
weekday-7 = اتوار
month-1 = جنوری
month-2 = فروری
month-3 = مارچ
month-4 = اپریل
month-5 = مئی
month-6 = جون
month-7 = جولائی
month-8 = اگست
month-9 = ستمبر
month-10 = اکتوبر
month-11 = نومبر
month-12 = دسمبر

problem-title = معاف کیجیے، کچھ غلط ہو گیا
problem-not-a-form = جو بھیجا گیا وہ پڑھا نہیں جا سکا۔ واپس جائیں اور دوبارہ کوشش کریں۔
problem-too-long = جو بھیجا گیا وہ بہت لمبا ہے۔ واپس جائیں اور اسے چھوٹا کریں۔
problem-not-found = یہ صفحہ نہیں ملا۔
problem-refused = آپ یہ نہیں کر سکتے۔
problem-fault = غلطی ہماری طرف سے ہے۔ تھوڑی دیر میں دوبارہ کوشش کریں۔
skip-label = چھوڑ کر آگے جائیں
