package ui

import (
	"fmt"
	"strings"
)

// Code is a QR code to draw: so many squares wide, and the dark ones.
type Code struct {
	size int
	dark string // the data of an SVG path
}

// quiet is how many squares around a code stay light (ISO/IEC 18004).
const quiet = 4

// NewCode makes the drawing; neighbours in a line are one stroke.
func NewCode(size int, black func(x, y int) bool) Code {
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			begin := x
			for x < size && black(x, y) {
				x++
			}
			if x > begin {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", begin, y, x-begin, x-begin)
			}
		}
	}
	return Code{size: size, dark: path.String()}
}

func (c Code) viewBox() string {
	return fmt.Sprintf("%d %d %d %d", -quiet, -quiet, c.size+2*quiet, c.size+2*quiet)
}

func (c Code) whole() string { return fmt.Sprint(c.size + 2*quiet) }
