package meiliindex

import (
	"fmt"
	"strings"
	"time"

	"meent/jobs"
)

// filters are the conditions that a gig must meet, its cooperative first. The
// server reads each by itself, so that none can reach into another.
func filters(q jobs.Query) []string {
	all := []string{inCooperative(q)}
	add := func(wanted bool, format string, values ...any) {
		if wanted {
			all = append(all, fmt.Sprintf(format, values...))
		}
	}
	add(len(q.Skills) > 0, "skills IN %s", quotes(q.Skills))
	add(len(q.Groups) > 0, "groups IN %s", quotes(q.Groups))
	add(len(q.Loads) > 0, "load IN %s", quotes(q.Loads))
	moments := wantedMoments(q.Days, q.Parts)
	add(len(moments) > 0, "moments IN %s", quotes(moments))
	add(q.LeastPay > 0, "rate >= %d", q.LeastPay)
	add(q.Support, "support = true")
	add(q.Others, "others = true")
	add(q.Metres > 0, "remote = true OR _geoRadius(%f, %f, %d)", q.Near.Lat, q.Near.Lon, q.Metres)
	add(!q.From.IsZero(), "first >= %d", seconds(q.From))
	add(!q.Until.IsZero(), "first < %d", seconds(q.Until))
	add(len(q.Dates) > 0, "dates IN %s", quotes(q.Dates))
	add(q.Only != nil, "id IN %s", quotes(ids(q.Only)))
	return all
}

func inCooperative(q jobs.Query) string { return "cooperative = " + quote(q.Cooperative.String()) }

// seconds rounds up: a whole second is at or after it as it is at or after the
// moment.
func seconds(moment time.Time) int64 { return moment.Add(time.Second - time.Nanosecond).Unix() }

func ids(gigs []jobs.GigID) []string {
	all := make([]string, len(gigs))
	for i, gig := range gigs {
		all[i] = gig.String()
	}
	return all
}

func quotes[T ~string](values []T) string {
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = quote(string(value))
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// quote keeps a value inside its quotes. No code of ours holds what it drops.
func quote(value string) string {
	return `"` + strings.Map(func(r rune) rune {
		if r < ' ' || r == '"' || r == '\\' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(value, "")) + `"`
}
