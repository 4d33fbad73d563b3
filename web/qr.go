package web

import (
	"rsc.io/qr"

	"meent/members"
	"meent/web/ui"
)

// codeOf draws a text as QR code. A middle level of correction lets a card get
// a crease.
func codeOf(text string) (ui.Code, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return ui.Code{}, err
	}
	return ui.NewCode(code.Size, code.Black), nil
}

// qrOf draws what an app needs; nothing for no secret.
func qrOf(secret members.AppSecret, account string) (ui.Code, error) {
	if len(secret) == 0 {
		return ui.Code{}, nil
	}
	return codeOf(secret.Address(account))
}
