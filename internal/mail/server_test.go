package mail

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseSMTP(t *testing.T) {
	tests := []struct {
		setting string
		want    Server
	}{
		{"smtp://mail.example.org", Server{host: "mail.example.org", port: 587}},
		{"smtps://mail.example.org/", Server{host: "mail.example.org", port: 465, implicit: true}},
		{"smtp://[::1]:1025", Server{host: "::1", port: 1025}},
		{"smtp://anna%40example.org:a%2Fb%3Ac@mail.example.org:2525",
			Server{host: "mail.example.org", port: 2525, user: "anna@example.org", password: "a/b:c"}},
	}
	for _, tt := range tests {
		got, err := ParseSMTP(tt.setting)
		if err != nil {
			t.Errorf("ParseSMTP(%q): %v", tt.setting, err)
		}
		if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(Server{})); diff != "" {
			t.Errorf("ParseSMTP(%q): %s", tt.setting, diff)
		}
	}
}

func TestParseSMTPRefusesQuietly(t *testing.T) {
	for _, setting := range []string{
		"", "mail.example.org:587", "http://u:hunter2@mail.example.org", "smtp://u:hunter2@", "smtp://u:hunter2@:587",
		"smtp://u:hunter2@mail.example.org:0", "smtp://u:hunter2@mail.example.org:65536", "smtp://u:hunter2@mail.example.org:x",
		"smtp://u:hunter2@mail.example.org/path", "smtp://u:hunter2@mail.example.org?tls=no", "smtp://u:hunter2%zz@mail.example.org",
		"smtp://u:hunter2/x@mail.example.org", "smtp://u@mail.example.org", "smtp://:hunter2@mail.example.org", "smtp://u:hunter2@mail.example.org\n",
	} {
		_, err := ParseSMTP(setting)
		if !errors.Is(err, ErrSMTPURL) || !strings.Contains(err.Error(), "SMTP_URL") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("ParseSMTP(%q) = %v, want ErrSMTPURL", setting, err)
		}
	}
}

func TestServerHidesPassword(t *testing.T) {
	server, err := ParseSMTP("smtp://u:hunter2@mail.example.org")
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(verb, server); got != "mail.example.org:587" {
			t.Errorf("%s prints %q", verb, got)
		}
	}
}

func TestNewSMTPFrom(t *testing.T) {
	for from, fine := range map[string]bool{
		"post@example.org": true, "Meent <post@example.org>": true, "De Meent, Utrecht <post@example.org>": false,
		"": false, "post": false, "post@example.org\r\nBcc: a@example.org": false, "a@example.org, b@example.org": false,
	} {
		if _, err := NewSMTP(Server{}, from, noon); (err == nil) != fine || err != nil && !errors.Is(err, ErrFrom) {
			t.Errorf("NewSMTP from %q: %v", from, err)
		}
	}
}
