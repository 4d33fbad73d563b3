package matching

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/feed"
	"meent/internal/id"
	"meent/internal/vault"
	"meent/matching/engine"
	"meent/members"
)

// saving is what a Keeper keeps at one moment.
type saving struct {
	db   *pgxpool.Pool
	id   id.Of[Keeper]
	key  vault.Key
	head fileHead
	of   []savingOne

	changes int64 // that are in it
}

type savingOne struct {
	head  cooperativeHead
	view  *engine.View
	known map[members.MemberID]uint64
}

// snapshot takes what is kept after all that was committed before its secret.
func (k *Keeper) snapshot(ctx context.Context) (s saving, err error) {
	secret := vault.NewSecret()
	if s.key, err = vault.NewKey(secret); err != nil {
		return s, err
	}
	if err := keepSecret(ctx, k.service.db, k.id, secret, k.service.now()); err != nil {
		return s, err
	}
	if _, err := k.Follow(ctx); err != nil {
		return s, err
	}
	ahead, err := feed.Ahead(ctx, k.service.db, k.at)
	if err == nil {
		err = k.apply(ctx, ahead)
	}
	if err != nil {
		return s, err
	}
	at, err := k.at.MarshalText()
	if err != nil {
		return s, err
	}
	s.changes = k.stats.changes.Load()
	s.db, s.id, s.head = k.service.db, k.id, fileHead{Program: k.file.program, At: at}
	for c, one := range k.kept {
		columns, is := one.into.Members.(viewer)
		if !is {
			return s, errors.New("matching: these columns cannot be read back")
		}
		s.add(c, one, columns.Now())
	}
	return s, nil
}

func (s *saving) add(c id.Cooperative, one *kept, view *engine.View) {
	head := cooperativeHead{Cooperative: c, Since: one.since}
	head.Skills, head.Groups = one.numbers.list()
	s.of = append(s.of, savingOne{head, view, maps.Clone(one.known)})
	s.head.Cooperatives++
}

// write makes the file whole or not at all, and takes away by what the file opens in
// whose place it comes.
func (s saving) write(ctx context.Context, f *keptFile) error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(f.path), engineFile+"-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	err = s.writeTo(ctx, file)
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), f.path); err != nil {
		return err
	}
	f.saved.Store(s.changes)
	if former := f.former; !former.IsZero() && former != s.id {
		return dropSecret(ctx, s.db, former)
	}
	return nil
}

func (s saving) writeTo(ctx context.Context, to io.Writer) error {
	buffered := bufio.NewWriterSize(to, pieceSize)
	if _, err := buffered.WriteString(fileBegins + string(s.id[:])); err != nil {
		return err
	}
	sealed := &sealing{to: buffered, key: s.key, of: s.id.String()}
	list := gob.NewEncoder(sealed)
	err := list.Encode(s.head)
	for _, one := range s.of {
		if err == nil {
			err = list.Encode(one.head)
		}
		if err == nil {
			err = one.write(ctx, list)
		}
	}
	if err != nil {
		return err
	}
	return errors.Join(sealed.Close(), buffered.Flush())
}

func (o savingOne) write(ctx context.Context, to *gob.Encoder) error {
	list := make([]keptMember, 0, mostInList)
	for m := range o.view.All() {
		if list = append(list, keptMember{o.known[m.ID], m}); len(list) == mostInList {
			if err := errors.Join(ctx.Err(), to.Encode(list)); err != nil {
				return err
			}
			list = list[:0]
		}
	}
	if len(list) > 0 {
		if err := to.Encode(list); err != nil {
			return err
		}
	}
	return to.Encode([]keptMember{})
}
