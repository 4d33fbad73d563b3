package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"meent/internal/mail"
	"meent/internal/pg"
	"meent/internal/vault"
	"meent/jobs"
	"meent/jobs/bleveindex"
	"meent/jobs/meiliindex"
	"meent/payments"
	"meent/web"
)

// backends are the parts that stand behind the program: each real or embedded.
// The choice is made in this file and nowhere else, with one log line a part.
type backends struct {
	db      *pgxpool.Pool
	redis   *redis.Client
	smtp    *mail.SMTP    // nil: mail goes to the mailbox
	mailbox *mail.Mailbox // nil: mail goes out by SMTP
	texter  web.Texter    // nil: no text messages
	index   jobs.Index    // nil: browsing answers from Postgres
	keys    []vault.Key   // none: nothing is sealed or opened
	closers []func() error

	gateway   payments.Gateway
	simulator *simulator // nil: it does not run here
}

func (p *program) openBackends(ctx context.Context) (*backends, error) {
	b := &backends{}
	for _, open := range []func(context.Context, *backends) error{
		p.holdSimulator, p.openKeys, p.openPostgres, p.openRedis, p.openMail, p.openTexts, p.openIndex, p.openPayments,
	} {
		if err := open(ctx, b); err != nil {
			return nil, errors.Join(err, b.close())
		}
	}
	return b, nil
}

// close ends the parts in the opposite order.
func (b *backends) close() error {
	var errs []error
	for i := len(b.closers) - 1; i >= 0; i-- {
		errs = append(errs, b.closers[i]())
	}
	b.closers = nil
	return errors.Join(errs...)
}

func (b *backends) onClose(f func() error) { b.closers = append(b.closers, f) }

// openPostgres opens the pool of the server of DATABASE_URL, or of a private one.
func (p *program) openPostgres(ctx context.Context, b *backends) error {
	address, err := p.postgresAddress(ctx, b)
	if err != nil {
		return err
	}
	db, err := pg.Open(ctx, address, watchers()...)
	if err == nil {
		db, err = fewer(ctx, db)
	}
	if err != nil {
		return named(err, "DATABASE_URL", p.config.DatabaseURL != "")
	}
	b.db = db
	b.onClose(func() error { db.Close(); return nil })
	return nil
}

// postgresAddress starts the private server, unless there is another. A command
// beside a running Meent joins the server of that.
func (p *program) postgresAddress(ctx context.Context, b *backends) (string, error) {
	if p.config.DatabaseURL != "" {
		p.log.Info("postgres", "part", "real", "from", "DATABASE_URL")
		return p.config.DatabaseURL, nil
	}
	c := pg.ServerConfig{Dir: p.config.Data, Binaries: p.config.PGBin, Log: p.log}
	server, err := pg.StartServer(ctx, c)
	if errors.Is(err, pg.ErrRunning) && p.beside {
		p.log.Info("postgres", "part", "private server of the Meent that runs")
		return pg.Join(c)
	}
	if err != nil {
		return "", err
	}
	b.onClose(server.Stop)
	p.log.Info("postgres", "part", "private server", "folder", server.Dir())
	return server.URL(), nil
}

// openRedis takes the server of REDIS_URL, or runs one inside this process.
func (p *program) openRedis(ctx context.Context, b *backends) error {
	options, err := p.redisOptions(b)
	if err != nil {
		return err
	}
	options.DialerRetries, options.DialTimeout = 1, time.Second // a page must not wait for a Redis that is away
	options.ContextTimeoutEnabled = true                        // nobody waits longer than they said for a Redis that hangs
	redis.SetLogger(redisLog{p.log})
	b.redis = redis.NewClient(options)
	b.onClose(b.redis.Close)
	if err := b.redis.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("REDIS_URL: no answer from Redis: %w", err)
	}
	return checkRedisVersion(ctx, b.redis)
}

// checkRedisVersion refuses a server that is too old for the work queue. One
// that does not tell its version is believed.
func checkRedisVersion(ctx context.Context, client *redis.Client) error {
	info, _ := client.Info(ctx, "server").Result()
	var major, minor int
	_, version, found := strings.Cut(info, "redis_version:")
	if n, _ := fmt.Sscanf(version, "%d.%d", &major, &minor); !found || n < 2 {
		return nil
	}
	if major < 6 || major == 6 && minor < 2 {
		return fmt.Errorf("REDIS_URL: this Redis is version %d.%d, and Meent needs 6.2 or newer", major, minor)
	}
	return nil
}

func (p *program) redisOptions(b *backends) (*redis.Options, error) {
	if p.config.RedisURL == "" {
		return p.embeddedRedis(b)
	}
	options, err := redis.ParseURL(p.config.RedisURL)
	if err != nil {
		return nil, errors.New("REDIS_URL is not an address that Redis knows, such as redis://localhost:6379/0")
	}
	p.log.Info("redis", "part", "real", "from", "REDIS_URL")
	return options, nil
}

// embeddedRedis runs miniredis behind a password of its own, since everybody on
// this machine can reach a loopback port.
func (p *program) embeddedRedis(b *backends) (*redis.Options, error) {
	password := rand.Text()
	server := miniredis.NewMiniRedis()
	server.RequireAuth(password)
	if err := server.StartAddr("127.0.0.1:0"); err != nil {
		return nil, err
	}
	b.onClose(func() error { server.Close(); return nil })
	b.onClose(advance(server, time.Second))
	p.log.Info("redis", "part", "in this process")
	return &redis.Options{Addr: server.Addr(), Password: password}, nil
}

// advance moves the clock by which miniredis expires its keys: it stands still
// by itself.
func advance(server *miniredis.Miniredis, step time.Duration) (stop func() error) {
	ticker, done := time.NewTicker(step), make(chan struct{})
	go func() {
		for {
			select {
			case <-ticker.C:
				server.FastForward(step)
			case <-done:
				return
			}
		}
	}()
	return func() error { ticker.Stop(); close(done); return nil }
}

// openMail takes the server of SMTP_URL, or keeps mail in the database.
func (p *program) openMail(_ context.Context, b *backends) error {
	if p.config.SMTPURL == "" {
		b.mailbox = mail.NewMailbox(b.db, p.now, nil)
		p.log.Info("mail", "part", "mailbox page", "address", p.config.URL+"/dev/mailbox")
		return nil
	}
	server, err := mail.ParseSMTP(p.config.SMTPURL)
	if err != nil {
		return err
	}
	p.log.Info("mail", "part", "real", "from", "SMTP_URL")
	b.smtp, err = mail.NewSMTP(server, p.config.MailFrom, p.now)
	return err
}

// openTexts takes the service of SMS_URL. A demo keeps text messages beside its
// mail; otherwise there are none, and no page speaks of them.
func (p *program) openTexts(_ context.Context, b *backends) error {
	switch {
	case p.config.SMSURL != "":
		gateway, err := mail.NewGateway(p.config.SMSURL, p.config.SMSToken)
		if err != nil {
			return err
		}
		p.log.Info("text messages", "part", "real", "from", "SMS_URL")
		b.texter = gateway
	case b.mailbox != nil && p.config.demo():
		p.log.Info("text messages", "part", "mailbox page", "address", p.config.URL+"/dev/mailbox")
		b.texter = b.mailbox
	default:
		p.log.Info("text messages", "part", "none: codes and news go by mail", "from", "SMS_URL")
	}
	return nil
}

// openIndex takes the server of MEILI_URL, or keeps the browse index in the data
// folder. One program at a time may open that, so a command beside a running
// Meent leaves it alone.
func (p *program) openIndex(ctx context.Context, b *backends) error {
	switch {
	case p.config.MeiliURL == noIndex:
		p.log.Info("browse index", "part", "none: browsing answers from Postgres", "from", "MEILI_URL")
		return nil
	case p.config.MeiliURL != "":
		return p.openMeili(ctx, b)
	case p.beside:
		return nil
	}
	folder := filepath.Join(p.config.Data, "index")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("MEENT_DATA: cannot make the folder of the browse index: %w", err)
	}
	index, err := bleveindex.Open(folder)
	if err != nil {
		return err
	}
	b.index = index
	b.onClose(index.Close)
	p.log.Info("browse index", "part", "in this process", "folder", folder)
	return nil
}

// openMeili goes on without an answer: pages then answer from Postgres, and
// tasks try again. A wrong key stops the start.
func (p *program) openMeili(ctx context.Context, b *backends) error {
	synonyms, err := skillSynonyms()
	if err != nil {
		return err
	}
	index := meiliindex.New(meiliindex.Config{URL: p.config.MeiliURL, Key: p.config.MeiliKey, Synonyms: synonyms, Whole: true, Now: p.now})
	p.log.Info("browse index", "part", "real", "from", "MEILI_URL")
	b.index = index
	_, err = index.Filled(ctx)
	switch {
	case meiliindex.Refused(err):
		return errors.New("MEILI_KEY: this Meilisearch does not accept the key")
	case err != nil:
		p.log.Warn("browse index", "says", "no answer yet; until then browsing answers from Postgres")
		return nil
	}
	if walled, err := index.Walled(ctx); err == nil && !walled {
		p.log.Warn("browse index", "says", "MEILI_KEY may not manage keys: no token keeps searches inside their cooperative, only their filter does")
	}
	return nil
}

// skillSynonyms are pairs of words of the skills that mean the same.
func skillSynonyms() (pairs [][]string, err error) {
	vocabulary, err := jobs.ReadVocabulary()
	if err != nil {
		return nil, err
	}
	for word, others := range vocabulary.Synonyms() {
		for _, other := range others {
			pairs = append(pairs, []string{word, other})
		}
	}
	return pairs, nil
}

// named puts the variable's name before an error that its value caused.
func named(err error, variable string, set bool) error {
	if !set {
		return err
	}
	return fmt.Errorf("%s: %w", variable, err)
}

// redisLog keeps what go-redis says about connections in the program's own log.
type redisLog struct{ log *slog.Logger }

// Printf leaves out addresses that the message would repeat. That Redis is away
// is said once by whoever needs it, and not at each of many tries.
func (l redisLog) Printf(ctx context.Context, format string, _ ...any) {
	level := slog.LevelWarn
	if strings.Contains(format, "failed to dial") {
		level = slog.LevelDebug
	}
	l.log.Log(ctx, level, "redis client", "says", format)
}
