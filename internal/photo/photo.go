// Package photo makes of a picture that somebody sends one that can be shown: a
// JPEG of a known size, drawn anew, so that nothing is left of what stood in the
// file beside the picture, such as where it was taken. It takes JPEG and PNG, and
// puts either upright as its Exif says. WebP and HEIC are refused: a phone makes a
// JPEG of its own photos for a page that asks for one.
package photo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

// What is taken, and what is made of it.
const (
	MostBytes  = 8 << 20
	MostPixels = 40_000_000
	LargeSide  = 1600
	SmallSide  = 400

	mostMemory = 320 << 20 // that a picture may take while it is read
	mostScans  = 100       // of a JPEG that comes into view bit by bit
	mostSide   = 30_000
	quality    = 82
)

var (
	// ErrKind means that it is neither a JPEG nor a PNG.
	ErrKind = errors.New("photo: neither JPEG nor PNG")

	// ErrBroken means that the picture ends too soon, or makes no sense.
	ErrBroken = errors.New("photo: broken")

	// ErrLarge means that the picture has too many bytes or pixels.
	ErrLarge = errors.New("photo: too large")
)

// Photo is a picture in two sizes, each a JPEG.
type Photo struct {
	Large, Small  []byte
	Width, Height int // of the large one
}

// format is a kind of file.
type format struct {
	begins string
	config func([]byte) (image.Config, error)
	decode func([]byte) (image.Image, error)
	turned func([]byte) turned
	scans  bool // it may come in parts, each over the whole picture
}

// formats are those that are taken; what the name of a file says is not asked.
func formats() []format {
	return []format{
		{"\xff\xd8\xff",
			func(b []byte) (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(b)) },
			func(b []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(b)) },
			orientation, true},
		{"\x89PNG\r\n\x1a\n",
			func(b []byte) (image.Config, error) { return png.DecodeConfig(bytes.NewReader(b)) },
			func(b []byte) (image.Image, error) { return png.Decode(bytes.NewReader(b)) },
			pngOrientation, false},
	}
}

// Read reads a picture of at most MostBytes and MostPixels. How large it is once
// read is known before it is read. It returns ErrKind, ErrBroken and ErrLarge.
func Read(data []byte) (Photo, error) {
	if len(data) > MostBytes {
		return Photo{}, ErrLarge
	}
	for _, f := range formats() {
		if bytes.HasPrefix(data, []byte(f.begins)) {
			return f.read(data)
		}
	}
	return Photo{}, ErrKind
}

func (f format) read(data []byte) (Photo, error) {
	config, err := f.config(data)
	switch {
	case err != nil || config.Width < 1 || config.Height < 1 || f.scans && bytes.Count(data, []byte{0xff, startOfScan}) > mostScans:
		return Photo{}, ErrBroken
	case !f.fits(config, data):
		return Photo{}, ErrLarge
	}
	picture, err := f.decode(data)
	if err != nil {
		return Photo{}, ErrBroken
	}
	large := f.turned(data).turn(scale(picture, LargeSide, draw.BiLinear))
	small := scale(large, SmallSide, draw.CatmullRom)
	p := Photo{Width: large.Bounds().Dx(), Height: large.Bounds().Dy()}
	if p.Large, err = encode(large); err != nil {
		return p, err
	}
	p.Small, err = encode(small)
	return p, err
}

// fits reports whether there is room for the picture once it is read.
func (f format) fits(c image.Config, data []byte) bool {
	if c.Width > mostSide || c.Height > mostSide || c.Width*c.Height > MostPixels {
		return false
	}
	return c.Width*c.Height*f.perPixel(c.ColorModel, data) <= mostMemory
}

// perPixel is how many bytes a pixel takes while it is read.
func (f format) perPixel(m color.Model, data []byte) int {
	switch {
	case m == color.NRGBA64Model || m == color.RGBA64Model || m == color.Gray16Model:
		return 8
	case f.scans && progressive(data):
		return 15 // the parts of each, until the last has come
	default:
		return 4
	}
}

// scale draws the picture on white with no side longer than most.
func scale(from image.Image, most int, how draw.Interpolator) *image.RGBA {
	width, height := within(from.Bounds().Dx(), from.Bounds().Dy(), most)
	to := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(to, to.Bounds(), image.White, image.Point{}, draw.Src)
	how.Scale(to, to.Bounds(), from, from.Bounds(), draw.Over, nil)
	return to
}

// within keeps the shape; nothing is made larger, and no side nothing.
func within(width, height, most int) (int, int) {
	if longest := max(width, height); longest > most {
		width, height = max(1, width*most/longest), max(1, height*most/longest)
	}
	return width, height
}

func encode(picture image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, picture, &jpeg.Options{Quality: quality})
	return b.Bytes(), err
}
