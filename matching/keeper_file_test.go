package matching_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"

	"meent/internal/feed"
	"meent/internal/id"
	"meent/matching"
	"meent/matching/engine"
	"meent/members"
)

// saved is a Keeper of real columns that saves in a folder.
type saved struct {
	*keeping
	*matching.Keeper
	columns map[id.Cooperative]*engine.Columns
}

func (k *keeping) saved(folder string) *saved {
	s := &saved{keeping: k, columns: map[id.Cooperative]*engine.Columns{}}
	s.Keeper = k.Service.Keeper(func() matching.Engine { return matching.Engine{Members: engine.NewColumns(), Open: plainShifts{}} },
		func(c id.Cooperative, of matching.Engine) { s.columns[c] = of.Members.(*engine.Columns) })
	s.SaveIn(folder)
	return s
}

// begin reports whether it began with the file.
func (s *saved) begin() (warm bool) {
	s.t.Helper()
	why, err := s.Begin(s.t.Context())
	s.must(err)
	if warm = s.Keeper.Stats().Warm; warm != (why == nil) {
		s.t.Errorf("it began warm: %v, %v", warm, why)
	}
	return warm
}

// is gives what it keeps.
func (s *saved) is() map[members.MemberID]engine.Member {
	all := map[members.MemberID]engine.Member{}
	for m := range s.columns[s.client.Cooperative].Now().All() {
		all[m.ID] = m
	}
	return all
}

// asCold: it keeps what one keeps that read everything, and knows it.
func (s *saved) asCold() {
	s.t.Helper()
	s.catchUp(s.Keeper)
	cold := s.saved(s.t.TempDir())
	if cold.begin() {
		s.t.Error("an empty folder holds a file")
	}
	if diff := cmp.Diff(cold.is(), s.is(), cmpopts.EquateEmpty()); diff != "" || len(s.is()) == 0 {
		s.t.Errorf("%d members (-cold +warm):\n%s", len(s.is()), diff)
	}
	for range 5 {
		if wrong, err := s.Drift(s.t.Context()); wrong > 0 || err != nil {
			s.t.Errorf("%d are wrong, %v", wrong, err)
		}
	}
}

// TestWarmStart: who saved and was killed begins again with the file and the changes
// since, and has then what who reads everything has.
func TestWarmStart(t *testing.T) {
	k, folder := newKeeping(t, 41, 25, 6), filepath.Join(t.TempDir(), "data")
	first := k.saved(folder)
	if first.begin() {
		t.Error("there was no file")
	}
	k.must(first.Save(t.Context()))
	info, err := os.Stat(filepath.Join(folder, "engine"))
	k.must(err)
	above, err := os.Stat(folder)
	k.must(err)
	if info.Mode().Perm() != 0o600 || above.Mode().Perm() != 0o700 {
		t.Errorf("others may look: %v, %v", info.Mode(), above.Mode())
	}
	for range 30 {
		k.must(k.edit(k.lot))
	}
	anew := k.member("new", "mopping")
	k.now = k.now.Add(time.Hour)
	again := k.saved(folder)
	if !again.begin() {
		t.Fatal("the file is of no use")
	}
	if _, has := again.is()[anew.Member]; has {
		t.Error("the file knows who came later")
	}
	again.asCold()
	k.must(again.Save(t.Context()))
	third := k.saved(folder)
	if !third.begin() || k.secrets() != 1 {
		t.Errorf("a second time; %d secrets are left", k.secrets())
	}
	third.asCold()
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) != 1 {
		t.Errorf("%v is left", left)
	}
}

func (k *keeping) secrets() (n int) {
	k.t.Helper()
	k.must(k.db.QueryRow(k.t.Context(), `SELECT count(secret) FROM matching.keeper`).Scan(&n))
	return n
}

// TestFileOfNoUse: whatever is wrong with the file, everything is loaded, and it goes.
func TestFileOfNoUse(t *testing.T) {
	k := newKeeping(t, 42, 6, 2)
	change := func(do func([]byte) []byte) func(string) {
		return func(path string) {
			text, err := os.ReadFile(path)
			k.must(err)
			k.must(os.WriteFile(path, do(bytes.Clone(text)), 0o600))
		}
	}
	sql := func(query string) func(string) { return func(string) { k.exec(query) } }
	for _, tt := range []struct {
		name  string
		spoil func(path string)
	}{
		{"empty", change(func([]byte) []byte { return nil })},
		{"another version", change(func(b []byte) []byte { return bytes.Replace(b, []byte("engine 1"), []byte("engine 2"), 1) })},
		{"cut off in the head", change(func(b []byte) []byte { return b[:20] })},
		{"cut off", change(func(b []byte) []byte { return b[:len(b)-1] })},
		{"cut off before the first piece", change(func(b []byte) []byte { return b[:31] })},
		{"something added", change(func(b []byte) []byte { return append(b, 0) })},
		{"a bit of a member", change(func(b []byte) []byte { b[len(b)/2] ^= 1; return b })},
		{"another owner", change(func(b []byte) []byte { b[16] ^= 1; return b })},
		{"a huge piece", change(func(b []byte) []byte { copy(b[31:], "\xff\xff\xff\xff"); return b })},
		{"another secret", sql(`UPDATE matching.keeper SET secret = decode(repeat('ab', 32), 'hex')`)},
		{"nothing opens it", sql(`DELETE FROM matching.keeper`)},
		{"a database that was put back", sql(`UPDATE feed.home SET timeline = timeline - 1`)},
		{"changes were tidied", sql(`UPDATE feed.taken SET upto = pg_snapshot_xmax(pg_current_snapshot())`)},
		{"another day", func(string) { k.now = k.now.Add(24 * time.Hour) }},
		{"no file but a folder", func(path string) { k.must(os.Remove(path)); k.must(os.Mkdir(path, 0o700)) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			first := k.saved(folder)
			first.begin()
			k.must(first.Save(t.Context()))
			tt.spoil(filepath.Join(folder, "engine"))
			again := k.saved(folder)
			if again.begin() {
				t.Error("it was of use")
			}
			k.exec(`UPDATE feed.taken SET upto = '0'`)
			again.asCold()
			if _, err := os.Stat(filepath.Join(folder, "engine")); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("it is still there: %v", err)
			}
			k.must(again.Save(t.Context()))
			if !k.saved(folder).begin() {
				t.Error("the next one is of no use")
			}
		})
	}
}

// TestNothingIsReadable: of what stands in the file nothing can be read without its
// secret: no number of a member, and no code.
func TestNothingIsReadable(t *testing.T) {
	k, folder := newKeeping(t, 43, 5, 2), t.TempDir()
	first := k.saved(folder)
	first.begin()
	k.must(first.Save(t.Context()))
	text, err := os.ReadFile(filepath.Join(folder, "engine"))
	k.must(err)
	for m := range first.is() {
		if bytes.Contains(text, m[:]) || bytes.Contains(text, []byte(m.String())) {
			t.Error("a member stands there")
		}
	}
	if bytes.Contains(text, []byte("mopping")) || bytes.Contains(text, k.client.Cooperative[:]) || len(text) < 1000 {
		t.Errorf("%d bytes can be read", len(text))
	}
}

// TestSaveFails: what could not be written is not taken for saved.
func TestSaveFails(t *testing.T) {
	k, folder := newKeeping(t, 44, 3, 1), t.TempDir()
	first := k.saved(folder)
	first.begin()
	inTheWay := filepath.Join(folder, "engine", "something")
	k.must(os.MkdirAll(inTheWay, 0o700))
	if err := first.Save(t.Context()); err == nil || !first.Unsaved() {
		t.Errorf("it could not be written: %v, and is to be saved: %v", err, first.Unsaved())
	}
	k.must(os.RemoveAll(filepath.Dir(inTheWay)))
	if err := first.Save(t.Context()); err != nil || first.Unsaved() {
		t.Errorf("written: %v, and is to be saved: %v", err, first.Unsaved())
	}
}

// TestErasedIsInNoFile: an erasure shuts every file that was saved before, and who
// saves while it goes on waits, and saves without the person.
func TestErasedIsInNoFile(t *testing.T) {
	k, folder := newKeeping(t, 44, 4, 1), t.TempDir()
	first := k.saved(folder)
	first.begin()
	k.must(first.Save(t.Context()))
	who, ended := k.member("gone"), make(chan error, 1)
	first.catchUp(first.Keeper)
	if _, has := first.is()[who.Member]; !has {
		t.Fatal("who is to go is not there")
	}
	other := k.saved(t.TempDir())
	other.begin()
	k.must(pgx.BeginFunc(t.Context(), k.db, func(tx pgx.Tx) error {
		if err := k.Service.EraseTx(t.Context(), tx, members.Erasing{}); err != nil {
			return err
		}
		go func() { ended <- other.Save(context.WithoutCancel(t.Context())) }()
		if err := k.forget(t.Context(), tx, who.Member); err != nil {
			return err
		}
		k.waitsForALock()
		if k.secretsIn(tx) != 0 {
			t.Error("a file still opens")
		}
		return nil
	}))
	k.must(<-ended)
	if _, has := other.is()[who.Member]; has || k.secrets() != 1 {
		t.Errorf("who is gone was saved; %d secrets", k.secrets())
	}
	if k.saved(folder).begin() {
		t.Error("a file of before opens")
	}
}

func (k *keeping) secretsIn(tx pgx.Tx) (n int) {
	k.t.Helper()
	k.must(tx.QueryRow(k.t.Context(), `SELECT count(secret) FROM matching.keeper`).Scan(&n))
	return n
}

// waitsForALock returns when somebody waits for the table of Keepers.
func (k *keeping) waitsForALock() {
	k.t.Helper()
	const query = `SELECT count(*) FROM pg_locks WHERE relation = 'matching.keeper'::regclass AND NOT granted`
	for n := 0; n == 0; {
		k.must(k.db.QueryRow(k.t.Context(), query).Scan(&n))
	}
}

// TestPutBackIsNoticed: of a database that was put back everything is loaded anew, and
// what differs meanwhile is no fault of the program.
func TestPutBackIsNoticed(t *testing.T) {
	k := newKeeping(t, 45, 4, 2)
	k.silently(`ALTER TABLE members.member_profile DISABLE TRIGGER matching_follows`, `UPDATE members.member_profile SET rest_days = coalesce(rest_days, 0) + 1 WHERE member_id = $1`, k.members[0].Member)
	k.exec(`UPDATE feed.home SET timeline = timeline - 1`)
	k.exec(`INSERT INTO feed.change (xid, kind, entity, cooperative_id) VALUES ('99999999999', 'member', $1, $2)`, k.members[1].Member, k.client.Cooperative)
	k.exec(`UPDATE feed.taken SET upto = '99999999998'`)
	k.drift(0)
	k.follow()
	k.inStep()
	if k.times != 2 {
		t.Errorf("shown %d times", k.times)
	}
	k.exec(`UPDATE members.member SET reach_m = 4321 WHERE id = $1`, k.members[0].Member)
	if k.follow() == 0 || k.times != 2 {
		t.Errorf("after that it does not follow; shown %d times", k.times)
	}
	k.inStep()
	k.must(feed.Begin(t.Context(), k.db))
	if k.follow(); k.times != 3 {
		t.Errorf("shown %d times", k.times)
	}
}
