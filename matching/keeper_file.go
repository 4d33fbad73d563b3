package matching

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/feed"
	"meent/internal/id"
	"meent/internal/vault"
	"meent/matching/engine"
)

// keptFile is where a Keeper saves what it keeps. In it stands what members told of
// their health: so it can be read by its owner alone, and is sealed with a secret that
// is drawn for each file and stands in the database. When somebody is erased that goes
// in the same transaction: no file that was saved before opens from then on.
type keptFile struct {
	path    string
	program string        // which made it: another one may read the tables otherwise
	former  id.Of[Keeper] // whose file was there
	saved   atomic.Int64  // changes that are in it
	writing atomic.Bool
}

// engineFile is its name, and fileBegins its first line: another way of writing has
// another number.
const (
	engineFile = "engine"
	fileBegins = "meent engine 1\n"
)

// SaveIn lets the Keeper save what it keeps in this folder, every five minutes, and
// begin with what it finds there.
func (k *Keeper) SaveIn(folder string) {
	k.file = &keptFile{path: filepath.Join(folder, engineFile), program: program()}
}

// program names this very build.
func program() string {
	h := sha256.New()
	if path, err := os.Executable(); err == nil {
		if info, err := os.Stat(path); err == nil {
			fmt.Fprintln(h, info.Size(), info.ModTime().UnixNano())
		}
	}
	if build, ok := debug.ReadBuildInfo(); ok {
		fmt.Fprintln(h, build)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// What stands in the file, in this order: the head, and of each cooperative its own
// head, and its members in lists until there was an empty one.
type (
	fileHead struct {
		Program      string
		At           []byte // the cursor
		Cooperatives int
	}
	cooperativeHead struct {
		Cooperative    id.Cooperative
		Since          time.Time
		Skills, Groups []string // in the order of their numbers
	}
	keptMember struct {
		Print  uint64
		Member engine.Member
	}
)

const mostInList = 10_000

// Begin takes what is in the file, or loads everything from the tables. why says why
// the file was of no use; it is os.ErrNotExist where there is none.
func (k *Keeper) Begin(ctx context.Context) (why, err error) {
	if k.file == nil {
		return nil, k.Load(ctx)
	}
	k.file.sweep()
	if why = k.warm(ctx); why == nil || ctx.Err() != nil {
		return nil, why
	}
	_ = os.Remove(k.file.path) // it would be of no use again
	return why, k.Load(ctx)
}

// sweep takes away what was begun and never became a file.
func (f *keptFile) sweep() {
	old, _ := filepath.Glob(f.path + "-*")
	for _, path := range old {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = os.Remove(path)
		}
	}
}

// warm takes what the file holds, if all of it is whole, of this program and this day.
// The feed goes on from there, or says that it is too old.
func (k *Keeper) warm(ctx context.Context) error {
	file, err := os.Open(k.file.path)
	if err != nil {
		return err
	}
	defer file.Close()
	from, err := k.open(ctx, bufio.NewReaderSize(file, pieceSize))
	if err != nil {
		return err
	}
	head, loaded, err := k.read(gob.NewDecoder(bufio.NewReader(from)))
	if err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, from); err != nil { // up to its end
		return err
	}
	var at feed.Cursor
	if err := at.UnmarshalText(head.At); err != nil {
		return err
	}
	if _, _, err := feed.Read(ctx, k.service.db, at, 1); err != nil {
		return err
	}
	for _, one := range loaded {
		if err := one.begin(ctx); err != nil {
			return err
		}
	}
	k.take(at, loaded, true)
	return nil
}

// open finds by what the file opens.
func (k *Keeper) open(ctx context.Context, file io.Reader) (*opening, error) {
	begins := make([]byte, len(fileBegins))
	if _, err := io.ReadFull(file, begins); err != nil || string(begins) != fileBegins {
		return nil, errors.New("it is of another version, or no such file")
	}
	if _, err := io.ReadFull(file, k.file.former[:]); err != nil {
		return nil, errNotWhole
	}
	secret, err := findSecret(ctx, k.service.db, k.file.former)
	if err != nil {
		return nil, err
	}
	if secret == nil {
		return nil, errors.New("nothing opens it any more")
	}
	key, err := vault.NewKey(secret)
	return &opening{from: file, key: key, of: k.file.former.String()}, err
}

func (k *Keeper) read(from *gob.Decoder) (head fileHead, loaded map[id.Cooperative]*kept, err error) {
	if err := from.Decode(&head); err != nil {
		return head, nil, err
	}
	if head.Program != k.file.program {
		return head, nil, errors.New("another program made it")
	}
	loaded = map[id.Cooperative]*kept{}
	for range head.Cooperatives {
		var of cooperativeHead
		if err := from.Decode(&of); err != nil {
			return head, nil, err
		}
		one := k.newKept(of.Cooperative)
		if !one.since.Equal(of.Since) {
			return head, nil, errors.New("it is of another day")
		}
		if err := one.numbers.learn(of.Skills, of.Groups); err != nil {
			return head, nil, err
		}
		if err := one.fill(from); err != nil {
			return head, nil, err
		}
		loaded[of.Cooperative] = one
	}
	return head, loaded, nil
}

// fill puts in the members of the cooperative.
func (o *kept) fill(from *gob.Decoder) error {
	for {
		var list []keptMember
		if err := from.Decode(&list); err != nil || len(list) == 0 {
			return err
		}
		put := make([]engine.Member, len(list))
		for i, one := range list {
			put[i], o.known[one.Member.ID] = one.Member, one.Print
		}
		o.into.Members.Put(put)
	}
}

// begin reads what is not in the file: codes that are new, and open work, which is
// not much.
func (o *kept) begin(ctx context.Context) (err error) {
	var open []engine.Work
	err = o.read(ctx, func(tx pgx.Tx) error {
		if err := o.numbers.learnTx(ctx, tx); err != nil || o.into.Open == nil {
			return err
		}
		open, err = o.OpenTx(ctx, tx)
		return err
	})
	if err == nil {
		o.putOpen(open)
	}
	return err
}

// Save writes the file.
func (k *Keeper) Save(ctx context.Context) error {
	saving, err := k.snapshot(ctx)
	if err != nil {
		return err
	}
	return saving.write(ctx, k.file)
}

// save writes it beside what the Keeper does, unless nothing changed or the last time
// goes on.
func (r *running) save(ctx context.Context) error {
	f := r.file
	if f == nil || f.saved.Load() == r.stats.changes.Load() || r.state() != EngineKept || !f.writing.CompareAndSwap(false, true) {
		return nil
	}
	saving, err := r.snapshot(ctx)
	if err != nil {
		f.writing.Store(false)
		return err
	}
	r.others.Go(func() {
		defer f.writing.Store(false)
		if err := safely(func() error { return saving.write(ctx, f) }); err != nil && ctx.Err() == nil {
			r.log.Warn("matching: cannot save the engine", "err", err)
		}
	})
	return nil
}
