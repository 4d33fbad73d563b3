package photo_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"meent/internal/photo"
)

// corners is a picture whose corners are red, green, blue and white, from the top
// left with the clock.
func corners(width, height int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{255, 0, 0, 255}
			switch right, low := x >= width/2, y >= height/2; {
			case right && low:
				c = color.RGBA{0, 0, 255, 255}
			case right:
				c = color.RGBA{0, 255, 0, 255}
			case low:
				c = color.RGBA{255, 255, 255, 255}
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

func asJPEG(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withEXIf puts a chunk behind the head of a PNG.
func withEXIf(data, tiff []byte) []byte {
	chunk := append(binary.BigEndian.AppendUint32(nil, uint32(len(tiff))), "eXIf"...)
	chunk = append(chunk, tiff...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	const head = 8 + 12 + 13
	return slices.Concat(data[:head], chunk, data[head:])
}

// withExif puts a place and how the camera was held into a JPEG or a PNG.
func withExif(data []byte, orientation uint16, order binary.ByteOrder) []byte {
	tiff := []byte("II*\x00")
	if order == binary.ByteOrder(binary.BigEndian) {
		tiff = []byte("MM\x00*")
	}
	add16 := func(v uint16) { tiff = append(tiff, 0, 0); order.PutUint16(tiff[len(tiff)-2:], v) }
	add32 := func(v uint32) { tiff = append(tiff, 0, 0, 0, 0); order.PutUint32(tiff[len(tiff)-4:], v) }
	add32(8)
	add16(2)
	add16(0x010f) // the maker, which would tell of the camera
	add16(2)
	add32(4)
	tiff = append(tiff, "Spy\x00"...)
	add16(0x0112)
	add16(3)
	add32(1)
	add16(orientation)
	add16(0)
	add32(0)
	if bytes.HasPrefix(data, []byte("\x89PNG")) {
		return withEXIf(data, tiff)
	}
	content := append([]byte("Exif\x00\x00"), tiff...)
	segment := append([]byte{0xff, 0xe1, 0, 0}, content...)
	binary.BigEndian.PutUint16(segment[2:], uint16(len(content)+2))
	return append(append(append([]byte{}, data[:2]...), segment...), data[2:]...)
}

// TestUprightPNG: nor does what would be a mark in a JPEG say anything in a PNG.
func TestUprightPNG(t *testing.T) {
	for held, want := range map[uint16]string{1: "RGBW", 3: "BWRG", 6: "WRGB", 8: "GBWR"} {
		p, err := photo.Read(withExif(asPNG(t, corners(120, 80)), held, binary.BigEndian))
		if err != nil {
			t.Fatal(err)
		}
		if got := seen(t, p.Large); got != want || bytes.Contains(p.Large, []byte("Spy")) {
			t.Errorf("held as %d the corners are %s, want %s", held, got, want)
		}
	}
	beside := append(asPNG(t, corners(120, 80)), bytes.Repeat([]byte{0xff, 0xda}, 200)...)
	if _, err := photo.Read(beside); err != nil {
		t.Errorf("a PNG has no scans: %v", err)
	}
	for _, cut := range []string{"\xff\xff\xff\xffeXIf", "\x00\x00\x00\x00eXIf", "\x00\x00"} { // what is said to follow does not
		if p, err := photo.Read(append(asPNG(t, corners(120, 80)), cut...)); err != nil || seen(t, p.Large) != "RGBW" {
			t.Errorf("%q after it: %v", cut, err)
		}
	}
}

// seen names the corners from the top left with the clock.
func seen(t testing.TB, data []byte) string {
	t.Helper()
	p, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	w, h := p.Bounds().Dx(), p.Bounds().Dy()
	name := func(x, y int) string {
		r, g, b, _ := p.At(x, y).RGBA()
		switch {
		case r > 0xb000 && g > 0xb000 && b > 0xb000:
			return "W"
		case r > 0xb000:
			return "R"
		case g > 0xb000:
			return "G"
		case b > 0xb000:
			return "B"
		}
		return "?"
	}
	return name(w/8, h/8) + name(w-1-w/8, h/8) + name(w-1-w/8, h-1-h/8) + name(w/8, h-1-h/8)
}

// TestUpright turns a picture as Exif says, in both orders of bytes, and leaves
// nothing of Exif.
func TestUpright(t *testing.T) {
	want := map[uint16]string{0: "RGBW", 1: "RGBW", 2: "GRWB", 3: "BWRG", 4: "WBGR", 5: "RWBG", 6: "WRGB", 7: "BGRW", 8: "GBWR", 9: "RGBW", 65535: "RGBW"}
	for held, corner := range want {
		for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
			p, err := photo.Read(withExif(asJPEG(t, corners(120, 80)), held, order))
			if err != nil {
				t.Fatal(err)
			}
			if got := seen(t, p.Large); got != corner {
				t.Errorf("held as %d (%v) the corners are %s, want %s", held, order, got, corner)
			}
			wide, high := 120, 80
			if held >= 5 && held <= 8 {
				wide, high = 80, 120
			}
			if p.Width != wide || p.Height != high || seen(t, p.Small) != corner {
				t.Errorf("held as %d it is %d by %d", held, p.Width, p.Height)
			}
			for _, data := range [][]byte{p.Large, p.Small} {
				if bytes.Contains(data, []byte("Exif")) || bytes.Contains(data, []byte("Spy")) {
					t.Errorf("held as %d something of the file is left", held)
				}
			}
		}
	}
}

func TestSizes(t *testing.T) {
	tests := []struct {
		name          string
		width, height int
		large, small  string
	}{
		{"small", 300, 200, "300x200", "300x200"},
		{"wide", 3200, 800, "1600x400", "400x100"},
		{"high", 500, 2000, "400x1600", "100x400"},
		{"one pixel", 1, 1, "1x1", "1x1"},
		{"a line", 4000, 1, "1600x1", "400x1"},
	}
	for _, tt := range tests {
		for kind, data := range map[string][]byte{"JPEG": asJPEG(t, corners(tt.width, tt.height)), "PNG": asPNG(t, corners(tt.width, tt.height))} {
			p, err := photo.Read(data)
			if err != nil {
				t.Fatalf("%s %s: %v", tt.name, kind, err)
			}
			for want, data := range map[string][]byte{tt.large: p.Large, tt.small: p.Small} {
				c, name, err := image.DecodeConfig(bytes.NewReader(data))
				if got := fmt.Sprintf("%dx%d", c.Width, c.Height); err != nil || name != "jpeg" || got != want {
					t.Errorf("%s %s is a %s of %s, want %s, %v", tt.name, kind, name, got, want, err)
				}
			}
		}
	}
}

// TestTransparentIsWhite: what one sees through would be black in a JPEG.
func TestTransparentIsWhite(t *testing.T) {
	p, err := photo.Read(asPNG(t, image.NewNRGBA(image.Rect(0, 0, 20, 20))))
	if err != nil || seen(t, p.Large) != "WWWW" {
		t.Errorf("it is %s, %v", seen(t, p.Large), err)
	}
}

// bomb is a PNG of a few bytes that says it is this large.
func bomb(width, height uint32, depth, kind byte) []byte {
	b := bytes.NewBufferString("\x89PNG\r\n\x1a\n")
	chunk := func(name string, content []byte) {
		_ = binary.Write(b, binary.BigEndian, uint32(len(content)))
		body := append([]byte(name), content...)
		b.Write(body)
		_ = binary.Write(b, binary.BigEndian, crc32.ChecksumIEEE(body))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	chunk("IHDR", append(head, depth, kind, 0, 0, 0))
	chunk("IDAT", []byte("x"))
	return b.Bytes()
}

func TestRefuses(t *testing.T) {
	whole := asJPEG(t, corners(400, 300))
	var moving bytes.Buffer
	if err := gif.Encode(&moving, corners(10, 10), nil); err != nil {
		t.Fatal(err)
	}
	huge := asJPEG(t, corners(10, 10))
	at := bytes.Index(huge, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(huge[at+5:], 60000)
	binary.BigEndian.PutUint16(huge[at+7:], 60000)
	tests := []struct {
		name string
		data []byte
		want error
	}{
		{"nothing", nil, photo.ErrKind},
		{"text", []byte("Dit is geen foto."), photo.ErrKind},
		{"a page", []byte("<!doctype html><script>alert(1)</script>"), photo.ErrKind},
		{"a drawing", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), photo.ErrKind},
		{"a GIF", moving.Bytes(), photo.ErrKind},
		{"a PDF", []byte("%PDF-1.7"), photo.ErrKind},
		{"a WebP", []byte("RIFF\x00\x00\x00\x00WEBPVP8 "), photo.ErrKind},
		{"the begin of a JPEG", whole[:3], photo.ErrBroken},
		{"half a JPEG", whole[:len(whole)/2], photo.ErrBroken},
		{"half a PNG", asPNG(t, corners(400, 300))[:200], photo.ErrBroken},
		{"a page after the begin of a JPEG", []byte("\xff\xd8\xff<html>"), photo.ErrBroken},
		{"a bomb", bomb(100_000, 100_000, 8, 2), photo.ErrLarge},
		{"a long bomb", bomb(40_000_001, 1, 8, 2), photo.ErrLarge},
		{"a bomb of 41 megapixels", bomb(8200, 5000, 8, 2), photo.ErrLarge},
		{"a JPEG that says it is huge", huge, photo.ErrLarge},
		{"no pixels", bomb(0, 10, 8, 2), photo.ErrBroken},
		{"beyond count", bomb(1<<31, 1<<31, 8, 2), photo.ErrBroken},
		{"a thousand scans", append(whole, bytes.Repeat([]byte{0xff, 0xda}, 1000)...), photo.ErrBroken},
		{"nine megabytes", append(whole, make([]byte, 9<<20)...), photo.ErrLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := photo.Read(tt.data); !errors.Is(err, tt.want) {
				t.Errorf("it gave %v, want %v", err, tt.want)
			}
		})
	}
}

// TestProgressiveIsFound: one that comes into view bit by bit takes more room while
// it is read, also where its marker does not stand where it is looked for first.
func TestProgressiveIsFound(t *testing.T) {
	frame := []byte{0xc2, 0, 17, 8, 0x13, 0x88, 0x13, 0x88, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0, 0xff, 0xda, 0, 12} // 5000 by 5000
	for name, before := range map[string]string{
		"at once":              "\xff",
		"after bytes to fill":  "\xff\xff\xff",
		"after stray bytes":    "\x01\x02\x03\xff",
		"after a stray one":    "\x01\xff",
		"after an escaped one": "\xff\x00\xff",
		"after a restart":      "\xff\xd3\xff",
		"after a comment":      "\xff\xfe\x00\x04ab\x00\xff\xff",
	} {
		data := append([]byte("\xff\xd8\xff\xfe\x00\x02"+before), frame...)
		if _, err := jpeg.DecodeConfig(bytes.NewReader(data)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := photo.Read(data); !errors.Is(err, photo.ErrLarge) {
			t.Errorf("%s: %v, want %v", name, err, photo.ErrLarge)
		}
	}
}

// TestAnythingIsAnswered: whatever is sent, nothing breaks; what is taken is a
// picture.
func TestAnythingIsAnswered(t *testing.T) {
	whole := withExif(asJPEG(t, corners(40, 30)), 6, binary.LittleEndian)
	rapid.Check(t, func(t *rapid.T) {
		data := append([]byte{}, whole...)
		for range rapid.IntRange(0, 20).Draw(t, "changes") {
			data[rapid.IntRange(2, len(data)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		data = data[:rapid.IntRange(0, len(data)).Draw(t, "length")]
		p, err := photo.Read(data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "photo: ") {
				t.Fatalf("%v", err)
			}
			return
		}
		if c, err := jpeg.DecodeConfig(bytes.NewReader(p.Large)); err != nil || c.Width != p.Width || c.Height != p.Height {
			t.Fatalf("%v, %v", c, err)
		}
	})
}
