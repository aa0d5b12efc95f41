"""Fréchet distance between two sets of feature vectors, each taken as a Gaussian."""

import torch
from torch import Tensor


def frechet(a: Tensor, b: Tensor) -> float:
    """|mean difference|^2 + tr(A + B - 2 (A^1/2 B A^1/2)^1/2) for features [n, d] and [m, d]."""
    a, b = a.double(), b.double()
    covariance_a, covariance_b = torch.cov(a.t()), torch.cov(b.t())
    values, vectors = torch.linalg.eigh(covariance_a)
    root = vectors @ torch.diag(values.clamp(min=0).sqrt()) @ vectors.t()
    cross = torch.linalg.eigvalsh(root @ covariance_b @ root).clamp(min=0).sqrt().sum()
    means = (a.mean(dim=0) - b.mean(dim=0)).square().sum()
    return (means + covariance_a.trace() + covariance_b.trace() - 2 * cross).item()
