package jobs

// What is looked at by how it is found.
const (
	SelectRecorded    = selectRecorded
	SelectSocialWork  = selectSocialWork
	SelectSocialBills = selectSocialBills
)
