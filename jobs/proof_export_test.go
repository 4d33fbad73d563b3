package jobs

// What is looked at by how it is found.
const (
	SelectRecorded    = selectRecorded
	SelectSocialWork  = selectSocialWork
	SelectSocialBills = selectSocialBills
)

// SelectFacts is of all gigs of a client.
func SelectFacts() string { return selectFacts(ofClient) }
