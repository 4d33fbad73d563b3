package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"meent/internal/vault"
)

func TestConfigNamesWhatIsWrong(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ setting, names string }{
		{"MEENT_ADDR=8080", "MEENT_ADDR"},
		{"MEENT_ADDR=localhost:eighty", "MEENT_ADDR"},
		{"MEENT_METRICS=9090", "MEENT_METRICS"},
		{"MEENT_URL=meent.example", "MEENT_URL"},
		{"MEENT_URL=ftp://meent.example", "MEENT_URL"},
		{"MEENT_URL=https://meent.example/path", "MEENT_URL"},
		{"MEENT_PROXIES=10.0.0.1", "MEENT_PROXIES"},
		{"MEENT_DEMO=maybe", "MEENT_DEMO"},
		{"MEENT_LOG=xml", "MEENT_LOG"},
		{"MEENT_SECOND_FACTOR=maybe", "MEENT_SECOND_FACTOR"},
		{"MEENT_KEY=hunter2", "MEENT_KEY"},
		{"MEENT_KEY=" + strings.Repeat("ab", 31), "MEENT_KEY"},
		{"MEENT_DATA=" + file, "MEENT_DATA"},
		{"DATABASE_URL=mysql://u:hunter2@db/meent", "DATABASE_URL"},
		{"DATABASE_URL=postgres://u:hunter2@db:port/meent", "DATABASE_URL"},
		{"REDIS_URL=localhost:6379", "REDIS_URL"},
		{"SMTP_URL=mail.example", "SMTP_URL"},
		{"SMS_URL=sms.example", "SMS_URL"},
		{"SMS_URL=http://sms.example/?key=hunter2", "SMS_URL"},
		{"SMS_TOKEN=hunter2", "SMS_URL"},
		{"MEILI_URL=localhost:7700", "MEILI_URL"},
		{"MEILI_KEY=hunter2", "MEILI_URL"},
		{"MEENT_KEY=hunter2", "MEENT_KEY"},
		{"MEENT_KEY=" + vault.Encode(vault.NewSecret()) + ",", "MEENT_KEY"},
	}
	for _, tt := range tests {
		t.Run(tt.setting, func(t *testing.T) {
			err := run(t.Context(), []string{"migrate"}, []string{tt.setting}, &bytes.Buffer{}, &bytes.Buffer{})
			if err == nil || !strings.Contains(err.Error(), tt.names) {
				t.Fatalf("run gave %v, want a sentence that names %s", err, tt.names)
			}
			if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "\n") {
				t.Errorf("run gave %q: a secret or more than one line", err)
			}
		})
	}
}

func TestConfigOfNothing(t *testing.T) {
	c, err := readConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.URL != "http://localhost:8080" || !c.demo() || !filepath.IsAbs(c.Data) {
		t.Errorf("the zero configuration is %+v", c)
	}
}

func TestDemoOnlyWhereNothingIsReal(t *testing.T) {
	tests := []struct {
		name    string
		environ []string
		want    bool
	}{
		{"nothing set", nil, true},
		{"a real database", []string{"DATABASE_URL=postgres://db/meent"}, false},
		{"a real Redis", []string{"REDIS_URL=redis://redis:6379"}, false},
		{"real mail", []string{"SMTP_URL=smtp://mail:25"}, false},
		{"real text messages", []string{"SMS_URL=https://sms.example/"}, false},
		{"a real Stripe", []string{testStripe, testHook, testConnect}, false},
		{"a real browse index", []string{"MEILI_URL=http://meili:7700"}, false},
		{"no browse index", []string{"MEILI_URL=none"}, true},
		{"asked for by name", []string{"DATABASE_URL=postgres://db/meent", "MEENT_DEMO=yes"}, true},
		{"refused by name", []string{"MEENT_DEMO=no"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := readConfig(tt.environ)
			if err != nil || c.demo() != tt.want {
				t.Errorf("demo() = %v, %v, want %v", c.demo(), err, tt.want)
			}
		})
	}
}

func TestSecondFactorWherePeopleAreReal(t *testing.T) {
	tests := []struct {
		name    string
		environ []string
		want    bool
	}{
		{"nothing set", nil, false},
		{"no demo, nothing real", []string{"MEENT_DEMO=no"}, false},
		{"a real database", []string{"DATABASE_URL=postgres://db/meent"}, true},
		{"real mail", []string{"SMTP_URL=smtp://mail:25"}, true},
		{"a demo by name", []string{"DATABASE_URL=postgres://db/meent", "MEENT_DEMO=people"}, false},
		{"refused by name", []string{"DATABASE_URL=postgres://db/meent", "MEENT_SECOND_FACTOR=optional"}, false},
		{"asked for by name", []string{"MEENT_SECOND_FACTOR=required"}, true},
	}
	for _, tt := range tests {
		c, err := readConfig(tt.environ)
		if err != nil || c.secondFactor() != tt.want {
			t.Errorf("%s: secondFactor() = %v, %v, want %v", tt.name, c.secondFactor(), err, tt.want)
		}
	}
}

func TestPartsThatRunApartMustBeNamed(t *testing.T) {
	for _, name := range []string{"serve", "work"} {
		err := run(t.Context(), []string{name}, nil, &bytes.Buffer{}, &bytes.Buffer{})
		for _, variable := range []string{"DATABASE_URL", "REDIS_URL", "MEENT_KEY", "MEILI_URL", "SMTP_URL", "STRIPE_KEY"} {
			if err == nil || !strings.Contains(err.Error(), variable) {
				t.Errorf("meent %s gave %v, want a sentence that names %s", name, err, variable)
			}
		}
	}
}

// TestEverySettingIsDocumented compares Config with .env.example and README.
func TestEverySettingIsDocumented(t *testing.T) {
	for _, name := range []string{"../../.env.example", "../../README.md"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fields := reflect.TypeFor[Config]()
		for i := range fields.NumField() {
			variable, ok := fields.Field(i).Tag.Lookup("env")
			if ok && !strings.Contains(string(text), variable) {
				t.Errorf("%s does not name %s", name, variable)
			}
		}
	}
}

func TestUnknownCommand(t *testing.T) {
	err := run(t.Context(), []string{"dance"}, nil, &bytes.Buffer{}, &bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "meent help") {
		t.Errorf("run gave %v, want the way to the list", err)
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"--help"}, nil, &out, &out); err != nil || !strings.Contains(out.String(), "doctor") {
		t.Errorf("help gave %q, %v", out.String(), err)
	}
}
