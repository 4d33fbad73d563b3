package members

import (
	"context"

	"meent/internal/check"
)

// Certificate is whether the member has a certificate of conduct (VOG) at hand:
// a document that some work asks for. There is no place for why somebody has
// none, and nobody is asked.
type Certificate string

// The answers; nothing means that the member did not say.
const (
	CertificateInHand Certificate = "in_hand"
	CertificateNot    Certificate = "not"
)

// Certificates lists the answers.
func Certificates() []Certificate { return []Certificate{CertificateInHand, CertificateNot} }

// Question is what it answers.
func (Certificate) Question() Question { return CertificateQuestion }

func (c Certificate) problems() (p check.Problems) {
	check.OneOf(&p, "certificate", c, Certificates()...)
	return p
}

func (c Certificate) storeTx(ctx context.Context, t answering) error {
	return setProfile(ctx, t.tx, t.by, "certificate", string(c))
}
