package web

import (
	"fmt"
	"strings"

	"rsc.io/qr"

	"meent/members"
)

// drawing is a QR code as the path of an SVG, in a square of Size.
type drawing struct {
	Size int
	Path string
}

// draw makes a QR code with an edge of four, as scanners want it.
func draw(text string) (drawing, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return drawing{}, err
	}
	var path strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+4, y+4)
			}
		}
	}
	return drawing{Size: code.Size + 8, Path: path.String()}, nil
}

func (d drawing) box() string { return fmt.Sprintf("0 0 %d %d", d.Size, d.Size) }

// qrOf draws what an app needs; nothing for no secret.
func qrOf(secret members.AppSecret, account string) (drawing, error) {
	if len(secret) == 0 {
		return drawing{}, nil
	}
	return draw(secret.Address(account))
}
