package matching

import "slices"

// Reads lists what of a member the rule is judged by; a test tries every rule on
// everything that is known of a member, and finds just these.
func (r Rule) Reads() []Datum {
	switch r {
	case WorksRule:
		return []Datum{MembershipDatum}
	case SkillRule, SeatRule:
		return []Datum{SkillsDatum}
	case ReachRule:
		return []Datum{PlaceDatum, ReachDatum}
	case WeekRule:
		return []Datum{WeekDatum}
	case CalmRule:
		return []Datum{WaitingDatum, PaceDatum}
	case MayRule:
		return []Datum{RestrictedDatum}
	case BlockRule:
		return []Datum{BlockedDatum}
	case RefusedRule:
		return []Datum{RefusedDatum}
	case FreeRule, RestRule, HoursDayRule, HoursWeekRule:
		return []Datum{BookedDatum}
	case CertificateRule:
		return []Datum{CertificateDatum}
	case StepRule:
		return []Datum{StepDatum}
	case TrialRule:
		return []Datum{TrialsDatum, WorkedDatum}
	}
	if slices.Contains(railRules(), r) {
		return r.railReads()
	}
	return r.wishReads()
}

func (r Rule) railReads() []Datum {
	switch r {
	case RailDayRule, RailWeekRule:
		return []Datum{BookedDatum, RailsDatum}
	case RailNightRule, RailAloneRule, RailKindRule:
		return []Datum{RailsDatum}
	case RailReachRule:
		return []Datum{PlaceDatum, RailsDatum}
	case RailFirstRule:
		return []Datum{WorkedDatum, RailsDatum, PassedDatum}
	}
	return nil
}

func (r Rule) wishReads() []Datum {
	switch r {
	case PhysicalRule, SensoryRule, MentalRule:
		return []Datum{BearsDatum}
	case SupportRule:
		return []Datum{WorkedDatum, PassedDatum, SupportDatum}
	case AbilityRule:
		return []Datum{MustsDatum}
	case DutchRule:
		return []Datum{DutchDatum}
	case RoomRule:
		return []Datum{BookedDatum, RoomDatum}
	case HoursWantedRule:
		return []Datum{BookedDatum, MostDatum}
	case RestDaysRule:
		return []Datum{BookedDatum, RestDaysDatum}
	}
	return nil // a rule that says nothing: the test finds what it reads
}

// Reads lists what of a member the points are made of.
func (k PointKind) Reads() []Datum {
	switch k {
	case FitPoints:
		return []Datum{SkillsDatum}
	case GrowthPoints:
		return []Datum{GoalsDatum}
	case NearPoints:
		return []Datum{PlaceDatum, ReachDatum}
	case CalmPoints:
		return []Datum{BearsDatum}
	case RoomPoints:
		return []Datum{BookedDatum, RoomDatum}
	case KnownPoints:
		return []Datum{WorkedDatum}
	case FairPoints:
		return []Datum{BookedDatum, WantedDatum}
	}
	return nil
}
