package main

import "context"

func (r *rig) playWebhooks(ctx context.Context) (verdict, error) { return verdict{}, nil }
func (r *rig) playRestore(ctx context.Context) (verdict, error)  { return verdict{}, nil }
