# مدد مانگنے والے شخص کو نظر آنے والے الفاظ

page-title = آپ کی ملاقات
exit = اس صفحے سے نکلیں
exit-emergency = ہنگامی
in-danger = اگر آپ خطرے میں ہیں تو 999 پر کال کریں
exit-activated = لوڈ ہو رہا ہے۔

visit-wait = ایک لمحہ۔
visit-gone-title = یہ لنک اب استعمال میں نہیں ہے
visit-gone = اگر آپ کو اب بھی ہماری ضرورت ہے تو ہمیں فون کریں یا سب سے نیا لنک کھولیں۔
visit-start-title = شروع کرنے سے پہلے
visit-start-look = ہم دو مختصر سوال پوچھیں گے۔ پھر کوئی یہاں آپ سے بات کرے گا۔
visit-start-exit = جلدی نکلنے کے لیے ”اس صفحے سے نکلیں“ دبائیں یا Shift کا بٹن 3 بار دبائیں۔
visit-start-history = نکلنے سے یہ صفحہ آپ کے براؤزر کی ہسٹری سے نہیں مٹتا۔
visit-start-more = محفوظ طریقے سے کیسے نکلیں
visit-safe-title = کیا آپ اس وقت محفوظ طریقے سے بات کر سکتے ہیں؟
visit-alone-title = کیا آپ اکیلے ہیں؟
visit-not-now-title = کوئی بات نہیں
visit-call-later = مجھے بعد میں فون کریں
visit-talk-now = میں اب بات کر سکتا/سکتی ہوں
visit-later-title = ہم آپ کو بعد میں فون کریں گے
visit-media-title = کیمرا اور مائیکروفون
visit-media = ہمیں آپ کی اجازت چاہیے۔ آپ کا فون آپ سے پوچھے گا۔ کسی کے جواب دینے سے پہلے کچھ نہیں بھیجا جاتا۔
visit-media-both = کیمرا اور مائیکروفون استعمال کریں
visit-media-sound = صرف آواز استعمال کریں
visit-waiting-title = آپ صحیح جگہ پر ہیں
visit-waiting = کوئی یہاں نظر آئے گا۔ آپ کو کچھ کرنے کی ضرورت نہیں۔
visit-waiting-next = اگلی باری آپ کی ہے۔
visit-ended-title = ابھی کے لیے اتنا ہی ہے
visit-ended = آپ یہ صفحہ بند کر سکتے ہیں۔ لنک ختم ہو گیا ہے۔
