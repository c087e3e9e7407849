# The demonstration: invented people only.
demo-title = Play it yourself
demo-intro = Three people meet here. Open each in a window of its own, side by side.
demo-handler = The call handler
demo-handler-hint = Log a report from 07700 900123, grade it, screen it and send the link.
demo-handler-open = Be the call handler
demo-phone-open = Hold her phone
demo-officer-open = Be the officer
demo-phone = The phone of the person who called
demo-phone-hint = The message with the link arrives here. Open it as she would.
demo-officer = The officer in the hub
demo-officer-hint = Come on shift, pick up the call, and answer face to face.
demo-others = Or look at it as somebody else:
demo-phone-title = Messages
demo-number = Number of this phone
demo-open = Open the link
demo-no-messages = Nothing has arrived yet.
