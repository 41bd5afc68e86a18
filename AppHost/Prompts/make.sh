#!/usr/bin/env bash
# Makes the prompts and the music that the product ships: 8 kHz, 16 bit, mono WAV in <language>/<prompt>.wav.
# Needs espeak-ng (Mandarin), flite (English) and sox. The same tools give the same bytes: nothing here is random.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Speech as a telephone carries it: no silence around it, no rumble, evenly loud, peaks at -3 dBFS, 40 ms of rest at both ends.
finish() { # spoken.wav prompt.wav
  sox -D -R "$1" -c 1 "$work/bare.wav" gain -6 silence 1 0.01 0.5% reverse silence 1 0.01 0.5% reverse highpass 200 rate -h 8000 \
    compand 0.003,0.08 -70,-70,-45,-35,-27,-15,0,-8
  sox -D -R "$work/bare.wav" -b 16 -r 8000 "$2" fade t 0.005 -0 0.02 gain -n gain -l 7 norm -3 pad 0.04 0.04
}

speak() { # language
  mkdir -p "$1"
  while IFS=$'\t' read -r prompt text reading; do
    [[ $prompt == \#* ]] && continue
    case $1 in
      zh-CN) espeak-ng -v cmn-latn-pinyin -s 175 -p 45 -w "$work/spoken.wav" "$reading" ;;
      en) flite -voice slt -t "$text" -o "$work/spoken.wav" ;;
    esac
    finish "$work/spoken.wav" "$1/$prompt.wav"
  done < "$1.tsv"
}

# Eight bars of three seconds: a broken chord of eight notes over its root. What still sounds at the end is laid over
# the beginning, so that the loop has no seam.
music() { # music.wav
  local bars=(
    "130.81 261.63 329.63 392.00 523.25 392.00 329.63 261.63 392.00"
    "123.47 246.94 293.66 392.00 493.88 392.00 293.66 246.94 392.00"
    "110.00 220.00 261.63 329.63 440.00 329.63 261.63 220.00 329.63"
    "164.81 246.94 329.63 392.00 493.88 392.00 329.63 246.94 392.00"
    "174.61 220.00 261.63 349.23 440.00 349.23 261.63 220.00 349.23"
    "130.81 196.00 261.63 329.63 392.00 329.63 261.63 196.00 329.63"
    "174.61 261.63 349.23 440.00 523.25 440.00 349.23 261.63 440.00"
    "196.00 246.94 293.66 392.00 493.88 392.00 293.66 246.94 392.00")
  local n=0 parts=()
  for bar in "${bars[@]}"; do
    local notes=($bar) tones=() overtones=()
    for f in "${notes[@]}"; do tones+=(sine "$f"); overtones+=(sine "$(awk "BEGIN{print 2*$f}")"); done
    sox -D -R -n -r 8000 -c 9 "$work/tones.wav" synth 1.5 "${tones[@]}" fade l 0.01 1.5 1.45 gain -14
    sox -D -R -n -r 8000 -c 9 "$work/over.wav" synth 1.5 "${overtones[@]}" fade l 0.01 1.5 1.48 gain -26
    sox -D -R -m -v 1 "$work/tones.wav" -v 1 "$work/over.wav" "$work/bar$n.wav" \
      delay 0 0 0.375 0.75 1.125 1.5 1.875 2.25 2.625 remix 1-9 pad "$((3 * n))" 0
    parts+=(-v 1 "$work/bar$n.wav"); n=$((n + 1))
  done
  sox -D -R -m "${parts[@]}" "$work/all.wav"
  sox -D -R "$work/all.wav" "$work/loop.wav" trim 0 24
  sox -D -R "$work/all.wav" "$work/tail.wav" trim 24
  sox -D -R -m -v 1 "$work/loop.wav" -v 1 "$work/tail.wav" "$work/whole.wav"
  local rms
  rms=$(sox "$work/whole.wav" -n stats 2>&1 | awk '/RMS lev dB/ {print $4}')
  sox -D -R "$work/whole.wav" -b 16 -r 8000 -c 1 "$1" gain "$(awk "BEGIN{print -20 - ($rms)}")"
}

# Chinese ringback (GB 3380): 450 Hz, 1 s on, 4 s off; -20 dBm0 as the music.
ringback() { # ringback.wav
  sox -D -R -n -b 16 -r 8000 -c 1 "$1" synth 1 sine 450 gain -17 fade t 0.005 1 0.005 pad 0 4
}

# A second of 1 kHz would startle; this is enough to know when to speak.
beep() { # beep.wav
  sox -D -R -n -r 8000 -c 1 -b 16 "$1" synth 0.35 sine 1000 gain -12 fade l 0.01 0.35 0.02
}

for language in zh-CN en; do speak "$language"; done
music zh-CN/music.wav
cp zh-CN/music.wav en/music.wav
ringback zh-CN/ringback.wav
cp zh-CN/ringback.wav en/ringback.wav
beep zh-CN/beep.wav
cp zh-CN/beep.wav en/beep.wav
