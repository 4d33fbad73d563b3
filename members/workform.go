package members

// WorkForm is the legal shape of an engagement.
type WorkForm string

// The work forms.
const (
	MemberEntrepreneur WorkForm = "member_entrepreneur" // the cooperative invoices for the member
	PostedEmployee     WorkForm = "posted_employee"     // on the cooperative's payroll
	PartnerAgency      WorkForm = "partner_agency"      // on a partner's payroll
	ClientEmployee     WorkForm = "client_employee"     // on the client's payroll
	TrialPlacement     WorkForm = "trial_placement"     // without a wage, for a short time
)

// WorkForms lists them in a fixed order.
func WorkForms() []WorkForm {
	return []WorkForm{MemberEntrepreneur, PostedEmployee, PartnerAgency, ClientEmployee, TrialPlacement}
}
