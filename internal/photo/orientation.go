package photo

import (
	"bytes"
	"encoding/binary"
	"image"
)

// turned is how a camera was held, as Exif writes it: 1 to 8, 0 where nothing
// says so.
type turned int

// Markers of a JPEG, and the tag of Exif that is looked for.
const (
	startOfScan        = 0xda
	endOfImage         = 0xd9
	firstRestart       = 0xd0
	lastRestart        = 0xd7
	exifSegment        = 0xe1
	progressiveFrame   = 0xc2
	orientationTag     = 0x0112
	unsigned16         = 3
	entrySize, mostTag = 12, 500
)

// segments gives each segment of a JPEG until the picture itself begins, or
// nothing fits any more. It finds them as who reads the picture does: past bytes
// that fill up, and those that belong nowhere.
func segments(data []byte, each func(marker byte, content []byte) (more bool)) {
	for at := 2; ; {
		marker, from := nextMarker(data, at)
		switch {
		case from+2 > len(data), marker == endOfImage:
			return
		case marker == 0, marker >= firstRestart && marker <= lastRestart: // nothing follows it
			at = from
			continue
		}
		size := int(binary.BigEndian.Uint16(data[from:]))
		if size < 2 || from+size > len(data) || !each(marker, data[from+2:from+size]) || marker == startOfScan {
			return
		}
		at = from + size
	}
}

// nextMarker gives the first marker from there on, and where what follows it
// begins: past the end where there is none.
func nextMarker(data []byte, at int) (marker byte, from int) {
	for at < len(data) && data[at] != 0xff {
		at++
	}
	if at++; at < len(data) && data[at] == 0 {
		return 0, at + 1
	}
	for at < len(data) && data[at] == 0xff {
		at++
	}
	if at >= len(data) {
		return 0, len(data)
	}
	return data[at], at + 1
}

// progressive reports a JPEG that comes into view bit by bit.
func progressive(data []byte) (is bool) {
	segments(data, func(marker byte, _ []byte) bool {
		is = is || marker == progressiveFrame
		return true
	})
	return is
}

// orientation reads it from a JPEG. What cannot be read is not turned.
func orientation(data []byte) (o turned) {
	segments(data, func(marker byte, content []byte) bool {
		if tiff, ok := bytes.CutPrefix(content, []byte("Exif\x00\x00")); ok && marker == exifSegment {
			o = orientationOf(tiff)
			return false
		}
		return true
	})
	return o
}

// pngOrientation is orientation of a PNG, from its eXIf chunk.
func pngOrientation(data []byte) turned {
	const header, beside = 8, 12 // the file begins so; length, kind and sum of a chunk
	for at := header; at+beside <= len(data); {
		size := int64(binary.BigEndian.Uint32(data[at:]))
		if size > int64(len(data)-at-beside) {
			return 0
		}
		if string(data[at+4:at+8]) == "eXIf" {
			return orientationOf(data[at+8 : at+8+int(size)])
		}
		at += beside + int(size)
	}
	return 0
}

// orientationOf looks through the first directory of tags.
func orientationOf(tiff []byte) turned {
	if len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 0
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 0
	}
	count := min(order.Uint16(tiff[at:]), mostTag)
	for entry := at + 2; count > 0 && entry+entrySize <= uint64(len(tiff)); entry, count = entry+entrySize, count-1 {
		if order.Uint16(tiff[entry:]) == orientationTag && order.Uint16(tiff[entry+2:]) == unsigned16 {
			return turned(order.Uint16(tiff[entry+8:]))
		}
	}
	return 0
}

// turn puts the picture upright.
func (o turned) turn(p *image.RGBA) *image.RGBA {
	if o < 2 || o > 8 {
		return p
	}
	width, height := p.Bounds().Dx(), p.Bounds().Dy()
	upright := image.NewRGBA(image.Rect(0, 0, width, height))
	if o >= 5 { // lies on a side
		upright = image.NewRGBA(image.Rect(0, 0, height, width))
	}
	for y := range upright.Bounds().Dy() {
		for x := range upright.Bounds().Dx() {
			fromX, fromY := o.from(x, y, width, height)
			upright.SetRGBA(x, y, p.RGBAAt(fromX, fromY))
		}
	}
	return upright
}

// from is where the pixel that belongs at x, y stands in the picture of this size.
func (o turned) from(x, y, width, height int) (int, int) {
	switch o {
	case 2:
		return width - 1 - x, y
	case 3:
		return width - 1 - x, height - 1 - y
	case 4:
		return x, height - 1 - y
	case 5:
		return y, x
	case 6:
		return y, height - 1 - x
	case 7:
		return width - 1 - y, height - 1 - x
	default: // 8
		return width - 1 - y, x
	}
}
