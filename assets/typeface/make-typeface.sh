#!/bin/sh
# Builds TaizhangSans-Regular.otf and TaizhangSans-Bold.otf beside this script.
#
# Needs, on Debian: apt install fonts-noto-cjk python3-fonttools
# The result is the same bytes each time as long as those two packages are the same.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
fonts=${NOTO_CJK_DIR:-/usr/share/fonts/opentype/noto}
# A fixed time stamp keeps the output reproducible.
export SOURCE_DATE_EPOCH=1767225600
for weight in Regular Bold; do
	/usr/bin/python3 "$here/make_typeface.py" \
		"$fonts/NotoSansCJK-$weight.ttc" "$weight" "$here/TaizhangSans-$weight.otf"
done
ls -l "$here"/*.otf
