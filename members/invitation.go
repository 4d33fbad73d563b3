package members

import (
	"encoding/base32"
	"io"
	"strings"
	"time"

	"meent/internal/check"
	"meent/internal/id"
)

// InvitationID identifies an invitation.
type InvitationID = id.Of[Invitation]

// InvitationLife is how long an invitation can be used.
const InvitationLife = 14 * 24 * time.Hour

// Invitation lets one person join a cooperative, once.
type Invitation struct {
	ID              InvitationID
	Cooperative     id.Cooperative
	CooperativeName string
	Inviter         RoleID
	InviterName     string
	InviterKind     RoleKind
	Email           Email // of one by mail that is open; empty for a card
	Card            bool
	Locale          Locale
	Begins          Membership // Referred or OnTrial
	Consent         Consent
	Municipality    MunicipalityID // which refers; zero: none
	ReferredBy      string         // its name
	Made, Expires   time.Time
	Used, Revoked   time.Time // zero while it is not
	MemberName      string    // who came of it
}

// InvitationState is what has become of an invitation.
type InvitationState string

// The states of an invitation.
const (
	InvitationOpen    InvitationState = "open"
	InvitationUsed    InvitationState = "used"
	InvitationRevoked InvitationState = "revoked"
	InvitationExpired InvitationState = "expired"
)

// State is what has become of it by now.
func (i Invitation) State(now time.Time) InvitationState {
	switch {
	case !i.Used.IsZero():
		return InvitationUsed
	case !i.Revoked.IsZero():
		return InvitationRevoked
	case !now.Before(i.Expires):
		return InvitationExpired
	}
	return InvitationOpen
}

// MadeBy reports whether the actor may print, withdraw or fill in this
// invitation: who made it, and the cooperative's coordinators.
func (i Invitation) MadeBy(by Actor) bool {
	return by.Cooperative == i.Cooperative && (by.Kind == RoleCoordinator || by.Kind == RoleCoach && by.Role == i.Inviter)
}

// NewInvitation is what an invitation asks of who makes it.
type NewInvitation struct {
	Card         bool
	Email        string         // of one by mail
	Locale       Locale         // of the mail
	Trial        bool           // the trial begins at once; a coordinator's to say
	Municipality MunicipalityID // which refers; zero: none
}

func (n NewInvitation) problems(by Actor) (p check.Problems) {
	if !n.Card {
		checkEmail(&p, n.Email)
	}
	if n.Trial && by.Kind != RoleCoordinator {
		p.Add("trial", "coordinator_only", nil)
	}
	return p
}

func (n NewInvitation) begins() Membership {
	if n.Trial {
		return OnTrial
	}
	return Referred
}

// spelling is for secrets that somebody may type from paper: no letter looks
// like a digit. Groups of four are easy to follow.
func spelling() *base32.Encoding {
	return base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)
}

// newSpelled draws 128 random bits as text.
func newSpelled(random io.Reader) (string, error) {
	raw := make([]byte, 16)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", err
	}
	text, groups := spelling().EncodeToString(raw), []string(nil)
	for ; len(text) > 4; text = text[4:] {
		groups = append(groups, text[:4])
	}
	return strings.Join(append(groups, text), "-"), nil
}

// spelledHash is the hash of a secret, however it was typed.
func spelledHash(secret string) []byte {
	plain := strings.NewReplacer("-", "", " ", "", "o", "0", "i", "1", "l", "1").Replace(strings.ToLower(secret))
	return secretHash(plain)
}
