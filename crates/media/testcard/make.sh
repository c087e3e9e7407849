#!/bin/sh
# Draws the test card and its tone with ffmpeg: run by an author, never by the build or a test.
# Everything in it is made here: coloured bars, a sweeping hand, a beating tone. No one is in it.
set -eu
cd "$(dirname "$0")"
picture="color=c=0x1d2a3a:s=320x240:r=15:d=10"
bars=""
x=0
for colour in 0xf2c14e 0x5ab1bb 0xf78154 0x4d9078 0xb4436c; do
  bars="${bars},drawbox=x=$((x * 64)):y=0:w=64:h=120:color=${colour}:t=fill"
  x=$((x + 1))
done
# The hand crosses in two seconds, the square blinks each second: eyes can see sync and freezes.
ffmpeg -hide_banner -loglevel error -y -f lavfi -i "${picture}" \
  -f lavfi -i "color=c=white:s=20x60:r=15:d=10" \
  -f lavfi -i "color=c=0xf2c14e:s=24x24:r=15:d=10" \
  -filter_complex "[0]null${bars}[card];
    [card][1]overlay=x='mod(t,2)*150':y=140[hand];
    [hand][2]overlay=x=288:y=150:enable='lt(mod(t,1),0.2)',noise=alls=4:allf=t[out]" \
  -map "[out]" -c:v libvpx -b:v 150k -minrate 150k -maxrate 150k -bufsize 150k \
  -deadline realtime -cpu-used 4 -auto-alt-ref 0 -lag-in-frames 0 -error-resilient 1 \
  -g 30 -keyint_min 30 -pix_fmt yuv420p -f ivf card.ivf
# Constant bit rate: every packet of 20 ms is 60 bytes, so the file needs no container.
ffmpeg -hide_banner -loglevel error -y -f lavfi -i \
  "aevalsrc='0.2*sin(2*PI*440*t)*lt(mod(t,1),0.2)+0.05*sin(2*PI*220*t)':s=48000:d=10" \
  -ac 1 -c:a libopus -b:a 24k -vbr off -frame_duration 20 -application voip -f data -map 0:a tone.opus60
ls -l card.ivf tone.opus60
