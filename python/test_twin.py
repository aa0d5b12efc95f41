"""Checks of the twin itself. Run with `python3 -m unittest discover -s python`."""

import json
import math
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from from_noise.checkpoint import from_disk, load_parameters, load_unet, read_safetensors, save_unet
from from_noise.diffusion import cosine_alpha_bar, ddim, timesteps, training_pair
from from_noise.frechet import frechet
from from_noise.unet import UNet, UNetConfig, count_parameters, time_features

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures" / "twin"


def planes(array: np.ndarray) -> torch.Tensor:
    """[batch, h, w, c] -> float64 [batch, c, h, w]"""
    return torch.from_numpy(array.astype(np.float64)).permute(0, 3, 1, 2)


class Network(unittest.TestCase):
    def test_bench_model_counts(self):
        self.assertEqual(count_parameters(UNet(UNetConfig(multipliers=(1, 2, 2), classes=0))), 147_745)

    def test_fixture_output_and_gradient(self):
        tensors, metadata = read_safetensors(FIXTURES / "small.safetensors")
        config = json.loads(metadata["config"])
        model = UNet(UNetConfig.from_json(config["model"]), config["diffusion"]["T"])
        load_parameters(model, {n: a for n, a in tensors.items() if n.split(".")[0] not in ("fixture", "gradient")})
        model.double()
        t = torch.from_numpy(tensors["fixture.t"].astype(np.int64))
        labels = torch.from_numpy(tensors["fixture.labels"].astype(np.int64))
        output = model(planes(tensors["fixture.x"]), t, labels)
        torch.testing.assert_close(output, planes(tensors["fixture.output"]), rtol=0, atol=1e-6)
        loss = ((output - planes(tensors["fixture.target"])) ** 2).mean()
        loss.backward()
        for name, p in model.named_parameters():
            wanted = from_disk(name, tensors[f"gradient.{name}"]).double()
            torch.testing.assert_close(p.grad, wanted, rtol=1e-5, atol=1e-7)

    def test_gradient_against_a_finite_difference(self):
        torch.manual_seed(3)
        model = UNet(UNetConfig(imageSize=8, base=8, multipliers=(1, 2), groups=4, classes=3)).double()
        for p in model.parameters():
            torch.nn.init.normal_(p, std=0.3)
        x, t, labels = torch.randn(2, 1, 8, 8).double(), torch.tensor([40, 900]), torch.tensor([0, 3])
        loss = lambda: model(x, t, labels).square().mean()  # noqa: E731
        loss().backward()
        for p in model.parameters():
            direction = torch.randn_like(p)
            with torch.no_grad():
                p.add_(direction, alpha=1e-5)
                above = loss()
                p.sub_(direction, alpha=2e-5)
                below = loss()
                p.add_(direction, alpha=1e-5)
            self.assertAlmostEqual(((above - below) / 2e-5).item(), (p.grad * direction).sum().item(), delta=1e-4)

    def test_time_features(self):
        row = time_features(torch.tensor([250]), 8, 500)[0]
        angles = [500 * 10000 ** (-k / 4) for k in range(4)]
        wanted = [math.sin(a) for a in angles] + [math.cos(a) for a in angles]
        np.testing.assert_allclose(row.numpy(), wanted, atol=1e-9)


class Files(unittest.TestCase):
    def test_round_trip(self):
        model = UNet(UNetConfig(base=8, multipliers=(1, 2), classes=3))
        config = {"model": model.config.to_json(), "diffusion": {"schedule": "cosine", "T": 1000}, "dataset": "digits"}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.safetensors"
            save_unet(path, dict(model.named_parameters()), config, {"seed": 1}, "F32")
            loaded, described, record = load_unet(path)
            self.assertEqual((described, record), (config, {"seed": 1}))
            for (name, a), b in zip(model.named_parameters(), loaded.parameters()):
                self.assertTrue(torch.equal(a, b), name)
            path.write_bytes(path.read_bytes()[:-1])
            with self.assertRaises(ValueError):
                load_unet(path)


class Diffusion(unittest.TestCase):
    def test_cosine_schedule(self):
        alpha_bar = cosine_alpha_bar(1000)
        self.assertEqual((len(alpha_bar), alpha_bar[0].item()), (1001, 1.0))
        beta = 1 - alpha_bar[1:] / alpha_bar[:-1]
        self.assertAlmostEqual(beta.max().item(), 0.999, places=12)
        middle = math.cos((0.5 + 0.008) / 1.008 * math.pi / 2) / math.cos(0.008 / 1.008 * math.pi / 2)
        self.assertAlmostEqual(alpha_bar[500].item(), middle**2, places=12)

    def test_velocity_gives_back_the_image(self):
        alpha_bar, t = cosine_alpha_bar(1000), torch.tensor([1, 400, 1000])
        x0, noise = torch.randn(3, 1, 4, 4), torch.randn(3, 1, 4, 4)
        x, v = training_pair(x0, t, noise, alpha_bar)
        a = alpha_bar[t].float()[:, None, None, None]
        torch.testing.assert_close(a.sqrt() * x - (1 - a).sqrt() * v, x0)

    def test_ddim_finds_a_single_image(self):
        """With the exact velocity of a one-image data set every path ends at that image."""
        alpha_bar, image = cosine_alpha_bar(1000), torch.rand(1, 1, 4, 4) * 2 - 1

        def exact(x, t, _):
            a = alpha_bar[t].float()[:, None, None, None]
            return (a.sqrt() * (x - a.sqrt() * image) / (1 - a).sqrt()) - (1 - a).sqrt() * image

        sample = ddim(exact, torch.randn(2, 1, 4, 4), torch.zeros(2), alpha_bar, 7, 1)
        torch.testing.assert_close(sample, image.expand(2, -1, -1, -1), rtol=0, atol=1e-4)

    def test_timesteps(self):
        self.assertEqual(timesteps(10, 4), [10, 8, 5, 3, 0])
        path = timesteps(1000, 1000)
        self.assertEqual(path, list(range(1000, -1, -1)))

    def test_frechet_of_known_gaussians(self):
        torch.manual_seed(0)
        a = torch.randn(200_000, 3)
        # Independent axes: sum of squared differences of means and of deviations.
        b = torch.randn(200_000, 3) * torch.tensor([1.0, 2.0, 0.5]) + torch.tensor([1.0, 0.0, 0.0])
        self.assertAlmostEqual(frechet(a, b), 1 + 1 + 0.25, delta=0.05)


if __name__ == "__main__":
    unittest.main()
