package jobs

import (
	"slices"
	"time"

	"meent/internal/id"
	"meent/members"
)

// FavouriteID identifies a favourite.
type FavouriteID = id.Of[Favourite]

// FavouriteState is where a favourite is in its life.
type FavouriteState string

// The states of a favourite.
const (
	FavouriteAsked     FavouriteState = "asked" // by the client
	FavouriteOn        FavouriteState = "on"    // the member wants it
	FavouriteRefused   FavouriteState = "refused"
	FavouriteWithdrawn FavouriteState = "withdrawn"
	FavouriteExpired   FavouriteState = "expired"
	FavouriteEnded     FavouriteState = "ended" // by either
)

// FavouriteStates lists them in the order of a favourite's life.
func FavouriteStates() []FavouriteState {
	return []FavouriteState{FavouriteAsked, FavouriteOn, FavouriteRefused, FavouriteWithdrawn, FavouriteExpired, FavouriteEnded}
}

func (s FavouriteState) next() []FavouriteState {
	switch s {
	case FavouriteAsked:
		return []FavouriteState{FavouriteOn, FavouriteRefused, FavouriteWithdrawn, FavouriteExpired}
	case FavouriteOn:
		return []FavouriteState{FavouriteEnded}
	default:
		return nil
	}
}

// To moves to another state. It returns ErrFavouriteMoved.
func (s FavouriteState) To(to FavouriteState) (FavouriteState, error) {
	if !slices.Contains(s.next(), to) {
		return s, ErrFavouriteMoved
	}
	return to, nil
}

// ends is the state to which one side ends it: a client takes back what it asked.
// A member says no to that, and ends nothing.
func (s FavouriteState) ends(side members.RoleKind) FavouriteState {
	if s == FavouriteAsked && side == members.RoleClient {
		return FavouriteWithdrawn
	}
	return FavouriteEnded
}

// How long an answer is waited for, and how long a client does not ask anew after
// a no, or after the member ended it; in days.
const (
	FavouriteDays = 30
	FavouriteRest = 90
)

// Favourite is a client who wants to ask a member first when there is new work.
// It is on once the member wants that too. Each can end it, and a no to the work
// itself ends nothing.
type Favourite struct {
	ID         FavouriteID
	Engagement EngagementID // after which it was asked
	Title      Title        // of that work
	Client     members.ClientID
	ClientName string
	Member     members.MemberID
	MemberName string
	State      FavouriteState
	Asked      time.Time
}

// Until is when the wait for an answer ends.
func (f Favourite) Until() time.Time { return f.Asked.AddDate(0, 0, FavouriteDays) }

// Live reports whether something can still become of it, or end it.
func (f Favourite) Live() bool { return f.State == FavouriteAsked || f.State == FavouriteOn }
