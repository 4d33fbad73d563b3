package members

// Scope is one thing that a member can let somebody read or do.
type Scope string

// The scopes.
const (
	ProfileScope     Scope = "profile"
	OffersScope      Scope = "offers"
	ProgressScope    Scope = "progress"
	AgendaScope      Scope = "agenda"
	HoursScope       Scope = "hours"
	PayScope         Scope = "pay"
	SelfScoresScope  Scope = "self-scores"
	SharedNotesScope Scope = "shared notes"
	ActForMeScope    Scope = "act for me"
)

// Scopes lists them in the order in which pages show them.
func Scopes() []Scope {
	return []Scope{ProfileScope, OffersScope, ProgressScope, AgendaScope, HoursScope, PayScope, SelfScoresScope, SharedNotesScope, ActForMeScope}
}
