package members

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// Deed is what somebody did that others may ask about later. Ref and Detail
// hold no personal data: ids, settings and days. What was said about a person
// belongs into Why, which can be erased.
type Deed struct {
	By     Actor             // zero: the program, when a timer ran out
	In     id.Cooperative    // zero: the actor's
	For    PersonID          // whom it concerns; may be zero
	What   string            // small letters and underscores; web has the words, audit.what.…
	Ref    string            // what it was done to, as "client:…"; may be empty
	Detail map[string]string // what it was and is, by name; may be nil
	Why    string            // may be empty
}

// Audited is a deed as it was written down.
type Audited struct {
	Cooperative id.Cooperative
	Seq         int64
	At          time.Time
	By          PersonID
	ByName      string // empty: the program
	ByKind      RoleKind
	Helper      PersonID // who did it in the name of By; zero: nobody
	HelperName  string
	For         PersonID
	ForName     string
	What        string
	Ref         string
	Detail      map[string]string
	Why         string
	WhyGone     bool // a reason was given, and cannot be read any more
}

// AuditTx writes a deed down in the transaction that does it. The cooperative's
// deeds stand in line until that transaction ends: so call it last, when every
// other lock is held. A reason is sealed with the key of the person whom the deed
// concerns, or else of who did it: it returns ErrNoKey when the program has none.
// Of two deeds in one transaction the one with a reason comes first. In whose name
// somebody else does it hears of that, once a day: see ActedFor.
func (s *Service) AuditTx(ctx context.Context, tx pgx.Tx, d Deed) error {
	if d.In.IsZero() {
		d.In = d.By.Cooperative
	}
	d.Why = strings.TrimSpace(d.Why)
	key, err := s.whyKeyTx(ctx, tx, d) // before the line, in which nobody waits for a key that is being made or destroyed
	if err != nil {
		return err
	}
	if err := s.tellHelpedTx(ctx, tx, d.By); err != nil { // before it, too: of two at once one waits for the key of the task
		return err
	}
	head, err := lockHead(ctx, tx, d.In)
	if err != nil {
		return err
	}
	link, err := head.next(d, s.now(), s.random)
	if err != nil {
		return err
	}
	if err := insertLink(ctx, tx, link.sealed(key)); err != nil {
		return err
	}
	return updateHead(ctx, tx, link)
}

// AuditPage is how many deeds a page shows at once.
const AuditPage = 50

// AuditLog lists the deeds in the actor's cooperative, the newest first, from
// before that one on; zero means all. It is for the office: for others it is
// empty.
func (s *Service) AuditLog(ctx context.Context, by Actor, before int64) ([]Audited, error) {
	if by.Kind != RoleCoordinator {
		return nil, nil
	}
	list, kept, err := listDeeds(ctx, s.db, by.Cooperative, before, AuditPage)
	if err != nil {
		return nil, err
	}
	return list, s.openDeeds(ctx, list, kept)
}

// AuditLogOf is AuditLog of one kind of deed.
func (s *Service) AuditLogOf(ctx context.Context, by Actor, what string, before int64) ([]Audited, error) {
	if by.Kind != RoleCoordinator {
		return nil, nil
	}
	list, kept, err := listDeedsOf(ctx, s.db, by.Cooperative, what, before, AuditPage)
	if err != nil {
		return nil, err
	}
	return list, s.openDeeds(ctx, list, kept)
}

// Concerning lists what the person did and what was done for or to them, in
// every cooperative, the newest first. Of others it tells who did it, and in
// which role: of what the person did for somebody else, only that they did it.
func (s *Service) Concerning(ctx context.Context, person PersonID) ([]Audited, error) {
	list, kept, err := listConcerning(ctx, s.db, person, AuditPage)
	for i := range list {
		if list[i].For != person {
			list[i], kept[i] = list[i].untold(), keptWhy{}
		}
	}
	if err != nil {
		return nil, err
	}
	return list, s.openDeeds(ctx, list, kept)
}

// untold leaves out what is about somebody else.
func (a Audited) untold() Audited {
	a.For, a.ForName, a.Ref, a.Detail = PersonID{}, "", "", nil
	return a
}
