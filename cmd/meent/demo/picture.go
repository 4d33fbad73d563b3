package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
)

// block is a rectangle of one colour.
type block struct {
	x, y, width, height int
	colour              color.RGBA
}

// picture draws blocks over each other: a photo of the demo is a plain drawing.
func picture(blocks ...block) ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for _, b := range blocks {
		at := image.Rect(b.x, b.y, b.x+b.width, b.y+b.height)
		draw.Draw(img, at, image.NewUniform(b.colour), image.Point{}, draw.Src)
	}
	var out bytes.Buffer
	err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 80})
	return out.Bytes(), err
}

var (
	sky    = color.RGBA{0xcf, 0xe3, 0xee, 0xff}
	grass  = color.RGBA{0x7f, 0xa6, 0x6b, 0xff}
	brick  = color.RGBA{0xa8, 0x5b, 0x45, 0xff}
	blue   = color.RGBA{0x2f, 0x5d, 0x8a, 0xff}
	window = color.RGBA{0xf3, 0xee, 0xd8, 0xff}
	wood   = color.RGBA{0x8b, 0x6a, 0x45, 0xff}
)

// entrance is a house of bricks with a blue door.
func entrance() ([]byte, error) {
	return picture(block{0, 0, 320, 200, sky}, block{0, 150, 320, 50, grass}, block{60, 50, 200, 110, brick}, block{50, 38, 220, 14, wood},
		block{142, 96, 38, 64, blue}, block{82, 76, 40, 36, window}, block{200, 76, 40, 36, window})
}

// room is a table by the window.
func room() ([]byte, error) {
	return picture(block{0, 0, 320, 200, window}, block{0, 148, 320, 52, wood}, block{30, 24, 110, 70, sky}, block{30, 70, 110, 24, grass},
		block{90, 112, 180, 12, brick}, block{104, 124, 10, 52, brick}, block{246, 124, 10, 52, brick}, block{180, 96, 24, 16, blue})
}
