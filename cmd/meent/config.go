package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"

	"meent/internal/mail"
	"meent/internal/vault"
)

// Config is everything that can be set, each by one environment variable.
// Nothing has to be: the zero configuration runs the whole house on this
// machine. Secrets may stand in the URLs, so a Config is never printed.
type Config struct {
	// Addr is where the program listens: host and port.
	Addr string `env:"MEENT_ADDR" envDefault:"localhost:8080"`
	// URL is the public address, used in links. Default: http://localhost and Addr's port.
	URL string `env:"MEENT_URL"`
	// Data is the folder of the private Postgres and of the browse index.
	Data string `env:"MEENT_DATA" envDefault:"data"`
	// Demo is yes, no, or auto: demo people and /dev pages when no real part is configured;
	// people: yes, but nobody has worked before.
	Demo string `env:"MEENT_DEMO" envDefault:"auto"`
	// SecondFactor is required, optional, or auto: required where a real part is configured and no demo was asked for.
	SecondFactor string `env:"MEENT_SECOND_FACTOR" envDefault:"auto"`
	// Proxies are the addresses (CIDR, comma between) whose X-Forwarded-For is believed.
	Proxies []string `env:"MEENT_PROXIES"`
	// Log is text or json.
	Log string `env:"MEENT_LOG" envDefault:"text"`
	// Metrics is where `meent work` shows its metrics: host and port; empty: nowhere.
	// A process with pages shows them at /metrics, to this machine only.
	Metrics string `env:"MEENT_METRICS"`
	// MailFrom is the sender of all mail.
	MailFrom string `env:"MEENT_MAIL_FROM" envDefault:"Meent <meent@localhost.localdomain>"`
	// DatabaseURL is a Postgres ≥ 15; empty: a private server.
	DatabaseURL string `env:"DATABASE_URL"`
	// RedisURL is a Redis ≥ 6.2 or Valkey; empty: one inside the program.
	RedisURL string `env:"REDIS_URL"`
	// MeiliURL is a Meilisearch for the browse index; empty: one inside the
	// program; none: browsing answers from Postgres.
	MeiliURL string `env:"MEILI_URL"`
	// MeiliKey is its key: the master key, or one that may search, and manage
	// documents, indexes, settings, tasks and keys.
	MeiliKey string `env:"MEILI_KEY"`
	// SMTPURL is where mail goes out; empty: the mailbox page.
	SMTPURL string `env:"SMTP_URL"`
	// SMSURL is a service that takes text messages by HTTP, see mail.Gateway; empty: the mailbox page in a
	// demo, otherwise there are none.
	SMSURL string `env:"SMS_URL"`
	// SMSToken is shown to that service.
	SMSToken string `env:"SMS_TOKEN"`
	// Keys seal what people confide: base64 of 32 bytes each, the one that seals first, former ones after
	// it; empty: one in the data folder, when the whole house runs on this machine.
	Keys string `env:"MEENT_KEY"`
	// PGBin is the folder of Postgres' own programs; empty: searched.
	PGBin string `env:"PG_BIN"`

	// StripeKey is a secret key of Stripe; empty: the built-in simulator.
	StripeKey string `env:"STRIPE_KEY"`
	// StripeSecrets sign the events of the cooperative's account: the current one first, previous ones after it.
	StripeSecrets []string `env:"STRIPE_WEBHOOK_SECRET"`
	// StripeConnectSecrets sign the events of members' accounts, in the same way.
	StripeConnectSecrets []string `env:"STRIPE_CONNECT_WEBHOOK_SECRET"`
	// StripeURL is another server that speaks Stripe, such as `meent stripesim`; empty: Stripe.
	StripeURL string `env:"STRIPE_URL"`
	// StripesimAddr is where the simulator listens. Default: localhost and the port after Addr's.
	StripesimAddr string `env:"MEENT_STRIPESIM_ADDR"`

	url     *url.URL
	proxies []netip.Prefix
	keys    []vault.Key
}

// readConfig reads the settings. Each error names its variable and never shows
// a value that may be secret.
func readConfig(environ []string) (Config, error) {
	var c Config
	err := env.ParseWithOptions(&c, env.Options{Environment: env.ToMap(environ)})
	if err != nil {
		return Config{}, err
	}
	return c, errors.Join(c.readAddr(), c.readURL(), c.readProxies(), c.readChoices(), c.readFolders(), c.checkBackends(), c.readKeys(), c.readStripe())
}

func (c *Config) readAddr() error {
	_, port, err := net.SplitHostPort(c.Addr)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return fmt.Errorf("MEENT_ADDR must be host:port, such as localhost:8080, not %q", c.Addr)
	}
	if _, _, err := net.SplitHostPort(c.Metrics); c.Metrics != "" && err != nil {
		return fmt.Errorf("MEENT_METRICS must be host:port, such as localhost:9090, not %q", c.Metrics)
	}
	return nil
}

func (c *Config) readURL() error {
	if c.URL == "" {
		_, port, _ := net.SplitHostPort(c.Addr)
		c.URL = "http://localhost:" + port
	}
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
		return errors.New("MEENT_URL must be the public address alone, such as https://meent.example")
	}
	c.url = &url.URL{Scheme: u.Scheme, Host: u.Host}
	return nil
}

func (c *Config) readProxies() error {
	for _, text := range c.Proxies {
		prefix, err := netip.ParsePrefix(strings.TrimSpace(text))
		if err != nil {
			return fmt.Errorf("MEENT_PROXIES must be networks such as 10.0.0.0/8, not %q", text)
		}
		c.proxies = append(c.proxies, prefix)
	}
	return nil
}

func (c *Config) readChoices() error {
	return errors.Join(
		oneOf("MEENT_DEMO", c.Demo, "auto", "yes", demoPeople, "no"),
		oneOf("MEENT_SECOND_FACTOR", c.SecondFactor, "auto", "required", "optional"),
		oneOf("MEENT_LOG", c.Log, "text", "json"))
}

func oneOf(name, value string, choices ...string) error {
	if slices.Contains(choices, value) {
		return nil
	}
	return fmt.Errorf("%s must be one of %s, not %q", name, strings.Join(choices, ", "), value)
}

func (c *Config) readFolders() error {
	folder, err := filepath.Abs(c.Data)
	if err != nil {
		return fmt.Errorf("MEENT_DATA is not a folder that can be found: %w", err)
	}
	c.Data = folder
	if info, err := os.Stat(folder); err == nil && !info.IsDir() {
		return errors.New("MEENT_DATA must be a folder; there is a file with that name")
	}
	return nil
}

// checkBackends reads the addresses of the real parts early, so that a wrong
// one stops the start before anything runs.
func (c *Config) checkBackends() error {
	return errors.Join(
		checkURL("DATABASE_URL", c.DatabaseURL, "postgres", "postgresql"),
		checkURL("REDIS_URL", c.RedisURL, "redis", "rediss", "unix"),
		c.checkMeili(),
		checkURL("SMTP_URL", c.SMTPURL, "smtp", "smtps"),
		c.checkSMS())
}

func (c *Config) checkSMS() error {
	if c.SMSURL == "" && c.SMSToken != "" {
		return errors.New("SMS_URL is missing: SMS_TOKEN is shown to a service at that address")
	}
	if c.SMSURL == "" {
		return nil
	}
	_, err := mail.NewGateway(c.SMSURL, c.SMSToken)
	return err
}

// noIndex says that browsing answers from Postgres.
const noIndex = "none"

func (c *Config) checkMeili() error {
	if c.MeiliURL == noIndex {
		return nil
	}
	if c.MeiliKey != "" && c.MeiliURL == "" {
		return errors.New("MEILI_URL is missing: MEILI_KEY is the key of a server at that address")
	}
	return checkURL("MEILI_URL", c.MeiliURL, "http", "https")
}

func checkURL(name, text string, schemes ...string) error {
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || !slices.Contains(schemes, u.Scheme) {
		return fmt.Errorf("%s must be an address that begins with %s://", name, strings.Join(schemes, ":// or "))
	}
	return nil
}

// allEmbedded reports whether no real part is configured.
func (c Config) allEmbedded() bool {
	index := c.MeiliURL == "" || c.MeiliURL == noIndex
	return index && c.DatabaseURL == "" && c.RedisURL == "" && c.SMTPURL == "" && c.SMSURL == "" && c.StripeKey == ""
}

// demo reports whether demo people and /dev pages exist: only where nothing
// real is configured, or where they were asked for by name.
func (c Config) demo() bool {
	return c.demoAsked() || c.Demo == "auto" && c.allEmbedded()
}

// secondFactor reports whether coordinators must show one: wherever people are
// real.
func (c Config) secondFactor() bool {
	if c.SecondFactor == "auto" {
		return !c.allEmbedded() && !c.demoAsked()
	}
	return c.SecondFactor == "required"
}

// readKeys never shows what stands there.
func (c *Config) readKeys() (err error) {
	if c.Keys == "" {
		return nil
	}
	if c.keys, err = vault.ParseKeys(c.Keys); err != nil {
		return errors.New("MEENT_KEY must be 32 random bytes in base64 (openssl rand -base64 32) or as 64 hexadecimal digits, several with commas between")
	}
	return nil
}

// demoPeople asks for a demo without a past.
const demoPeople = "people"

// demoAsked reports whether the demo was asked for by name.
func (c Config) demoAsked() bool { return c.Demo == "yes" || c.Demo == demoPeople }

// apart asks for the parts that several processes must share.
func (c Config) apart() error {
	var missing []error
	if c.DatabaseURL == "" {
		missing = append(missing, errors.New("DATABASE_URL is missing: parts that run apart share one database"))
	}
	if c.RedisURL == "" {
		missing = append(missing, errors.New("REDIS_URL is missing: parts that run apart share one Redis"))
	}
	if c.MeiliURL == "" {
		missing = append(missing, errors.New("MEILI_URL is missing: parts that run apart share one browse index (none: browsing answers from Postgres)"))
	}
	if c.SMTPURL == "" && !c.demoAsked() {
		missing = append(missing, errors.New("SMTP_URL is missing: mail would stay in the database (MEENT_DEMO=yes allows that)"))
	}
	if c.StripeKey == "" {
		missing = append(missing, errors.New("STRIPE_KEY is missing: parts that run apart share one Stripe (`meent stripesim` is one to practise with)"))
	}
	if c.Keys == "" {
		missing = append(missing, errors.New("MEENT_KEY is missing: parts that run apart seal with one key (openssl rand -base64 32 makes one)"))
	}
	return errors.Join(missing...)
}
